package org.implicitdl.zoo.race;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Clock;
import org.implicitdl.zoo.report.Decimal;

/**
 * Trainers race: each looks for its best hyperparameter on the validation images, and then trains networks for the same
 * time as the others.
 */
public final class TrainerRace {
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
            double value = entrant.trainer().grid().atFirst().get(0);
            entrant.start(images.train(), value, settings.plan(), settings.seed(), Clock.WALL)
                    .close();
        }
    }

    /**
     * Runs everything; tells of {@link RaceSettings#trainings()} steps. Entrants take turns, so that whatever else the
     * machine does meets all of them alike.
     *
     * @param sofar told of what there is before the first network that counts, and whenever all entrants have had a turn:
     *     what an interruption would leave
     */
    public static RaceResults run(RaceSettings settings, Track track, Consumer<RaceResults> sofar) {
        TrainerRace race = new TrainerRace(settings, track);
        List<Prepared> prepared =
                settings.entrants().stream().map(race::prepared).toList();
        List<List<Curve>> rounds = new ArrayList<>();
        RaceResults results = new RaceResults(settings, track.images(), prepared, rounds);
        sofar.accept(results);
        for (long seed : settings.runSeeds().toArray()) {
            rounds.add(prepared.stream().map(ready -> race.run(ready, seed)).toList());
            results = new RaceResults(settings, track.images(), prepared, rounds);
            sofar.accept(results);
        }
        return results;
    }

    private Prepared prepared(Entrant entrant) {
        warmUp(entrant);
        Search search = Search.of(entrant, track, settings.searchPlan(), settings.seed());
        return new Prepared(entrant, parameters(entrant), search, search.best());
    }

    /** Lets the JVM compile what runs often, with the smallest of the first values, which harms no network. */
    private void warmUp(Entrant entrant) {
        double value = entrant.trainer().grid().atFirst().get(0);
        Curve curve = track.withoutTest().end(entrant, value, settings.searchPlan(), settings.seed());
        track.progress().step();
        if (curve.failure().isPresent()) {
            throw new IllegalStateException(entrant.name() + " cannot be trained even with the "
                    + entrant.trainer().hyperparameter() + " " + Decimal.of(value) + "; leave it out. "
                    + curve.failure().orElseThrow());
        }
    }

    private Curve run(Prepared ready, long seed) {
        Curve curve = track.run(ready.entrant(), ready.best().value(), settings.plan(), seed);
        track.progress().step();
        return curve;
    }

    private long parameters(Entrant entrant) {
        return entrant.architecture()
                .create(track.images().train(), entrant.trainer().updater(), settings.seed())
                .numParams();
    }
}
