package org.implicitdl.zoo.bench.train;

import org.implicitdl.zoo.bench.ProcessorTime;
import org.implicitdl.zoo.bench.SampledShare;
import org.implicitdl.zoo.race.Sweeps;

/**
 * What one sweep over the data took.
 *
 * @param seconds of wall time
 * @param processorSeconds of all threads
 * @param share of its time inside matrix products
 */
record Sweep(double seconds, double processorSeconds, double share) {

    /** Makes the next sweep. */
    static Sweep next(Sweeps sweeps) {
        long begin = System.nanoTime();
        double processor = ProcessorTime.seconds();
        SampledShare share = SampledShare.of(SampledShare.MATRIX_PRODUCTS, sweeps::next);
        return new Sweep((System.nanoTime() - begin) / 1e9, ProcessorTime.seconds() - processor, share.share());
    }
}
