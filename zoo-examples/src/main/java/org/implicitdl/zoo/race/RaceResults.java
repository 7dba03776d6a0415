package org.implicitdl.zoo.race;

import java.util.List;
import java.util.OptionalDouble;
import org.implicitdl.zoo.data.ImageSplit;

/**
 * What came of a race.
 *
 * @param entrants as they ran
 * @param rounds the curves of the entrants in their order, seed by seed; fewer than there are to be while the race lasts
 */
public record RaceResults(RaceSettings settings, ImageSplit images, List<Prepared> entrants, List<List<Curve>> rounds) {
    /** With fewer epochs a comparison says little. */
    private static final int ENOUGH_EPOCHS = 5;

    private static final double ROUNDING = 1e-9;

    public RaceResults {
        entrants = List.copyOf(entrants);
        rounds = List.copyOf(rounds);
    }

    /** The kinds of networks, each once. */
    public List<Architecture> architectures() {
        return entrants.stream()
                .map(ready -> ready.entrant().architecture())
                .distinct()
                .toList();
    }

    /** The entrants with one kind of network. */
    public List<Prepared> of(Architecture architecture) {
        return entrants.stream()
                .filter(ready -> ready.entrant().architecture().equals(architecture))
                .toList();
    }

    /** The trainers by their ids, each once. */
    public List<String> trainers() {
        return entrants.stream()
                .map(ready -> ready.entrant().trainer().id())
                .distinct()
                .toList();
    }

    /** The curves of an entrant, by seeds. */
    public List<Curve> curves(Prepared ready) {
        return rounds.stream().map(round -> round.get(entrants.indexOf(ready))).toList();
    }

    /** What the networks of an entrant came to in the end; those whose training failed are left out. */
    public List<CurvePoint> reached(Prepared ready) {
        return curves(ready).stream().flatMap(curve -> curve.last().stream()).toList();
    }

    /**
     * The accuracy on the test images that all networks of a kind came to in the end, rounded down to a tenth of a per
     * cent; those whose training failed are left out.
     */
    public double commonAccuracy(Architecture architecture) {
        double least = of(architecture).stream()
                .flatMap(ready -> reached(ready).stream())
                .mapToDouble(CurvePoint::testAccuracy)
                .min()
                .orElse(0);
        return Math.floor(1000 * least) / 1000;
    }

    /** The entrants whose networks had fewer than five epochs on average. */
    public List<Prepared> inAHurry() {
        return entrants.stream()
                .filter(ready -> epochs(ready).orElse(ENOUGH_EPOCHS) < ENOUGH_EPOCHS)
                .toList();
    }

    /** The whole seconds in which these would have had five. */
    public double enoughSeconds() {
        return Math.ceil((1 - ROUNDING)
                * settings.seconds()
                * inAHurry().stream()
                        .mapToDouble(ready -> ENOUGH_EPOCHS / epochs(ready).orElseThrow())
                        .max()
                        .orElse(1));
    }

    private OptionalDouble epochs(Prepared ready) {
        return reached(ready).stream().mapToDouble(CurvePoint::epochs).average();
    }
}
