package org.implicitdl.zoo.race;

import java.util.List;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Decimal;

/**
 * Trainers race: each looks for its best hyperparameter on the validation images, and then trains networks for the same
 * time as the others.
 */
public final class TrainerRace {
    /** More epochs than any warm-up has. */
    private static final int MANY = 1000;

    private final RaceSettings settings;
    private final Track track;

    private TrainerRace(RaceSettings settings, Track track) {
        this.settings = settings;
        this.track = track;
    }

    /**
     * Refuses what cannot be trained, before anything takes time.
     *
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if a network cannot be made
     * @throws org.implicitdl.train.UnsupportedNetworkException if a trainer cannot train a network
     */
    public static void check(RaceSettings settings, ImageSplit images) {
        for (Entrant entrant : settings.entrants()) {
            entrant.start(images.train(), entrant.trainer().candidates().get(0), 1, settings.seed());
        }
    }

    /**
     * Runs everything; tells of {@link RaceSettings#trainings()} steps. Entrants take turns, so that whatever else the
     * machine does meets all of them alike.
     */
    public static RaceResults run(RaceSettings settings, Track track) {
        TrainerRace race = new TrainerRace(settings, track);
        List<Prepared> prepared =
                settings.entrants().stream().map(race::prepared).toList();
        List<List<Curve>> rounds = settings.runSeeds()
                .mapToObj(seed ->
                        prepared.stream().map(ready -> race.run(ready, seed)).toList())
                .toList();
        return new RaceResults(settings, track.images(), prepared, rounds);
    }

    private Prepared prepared(Entrant entrant) {
        Plan trial = Plan.within(settings.searchSeconds(), warmUp(entrant));
        Search search = Search.of(entrant, track, trial, settings.seed());
        Candidate best = search.best();
        Plan plan = Plan.within(settings.seconds(), search.secondsPerEpoch());
        return new Prepared(entrant, parameters(entrant), search, best, plan);
    }

    /**
     * The time of an epoch once the JVM has compiled what runs often: of the last one within the time of the warm-up, or of a
     * second one if there is but one.
     */
    private double warmUp(Entrant entrant) {
        Curve curve = warmUp(entrant, new Plan(MANY, settings.searchSeconds()));
        double seconds = (curve.points().size() > 1 ? curve : warmUp(entrant, Plan.ofEpochs(1)))
                .epochSeconds()
                .reduce((first, second) -> second)
                .orElseThrow();
        track.progress().step();
        return seconds;
    }

    /** With the smallest value, which harms no network. */
    private Curve warmUp(Entrant entrant, Plan plan) {
        double value = entrant.trainer().candidates().get(0);
        Curve curve = track.withoutTest().run(entrant, value, plan, settings.seed());
        if (curve.failure().isPresent()) {
            throw new IllegalStateException(entrant.name() + " cannot be trained even with the "
                    + entrant.trainer().hyperparameter() + " " + Decimal.of(value) + "; leave it out. "
                    + curve.failure().orElseThrow());
        }
        return curve;
    }

    private Curve run(Prepared ready, long seed) {
        Curve curve = track.run(ready.entrant(), ready.best().value(), ready.plan(), seed);
        track.progress().step();
        return curve;
    }

    private long parameters(Entrant entrant) {
        return entrant.architecture()
                .create(track.images().train(), entrant.trainer().updater(), settings.seed())
                .numParams();
    }
}
