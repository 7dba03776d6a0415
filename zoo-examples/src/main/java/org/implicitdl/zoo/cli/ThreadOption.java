package org.implicitdl.zoo.cli;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import picocli.CommandLine.Option;

/** With how many threads ND4J and BLAS compute. */
final class ThreadOption {
    private static final String NAME = "--threads";

    @Option(
            names = NAME,
            paramLabel = "N",
            defaultValue = "${env:OMP_NUM_THREADS:-1}",
            description = "Threads of ND4J and BLAS; with small matrices 1 is the fastest (default: OMP_NUM_THREADS if"
                    + " set, otherwise 1).")
    private int threads;

    /** Refuses what is no number of threads. */
    void check(Requirement numbers) {
        numbers.atLeastOne(NAME, threads);
    }

    int count() {
        return threads;
    }

    /** Computes with so many from now on; starts ND4J. */
    void use() {
        Environment environment = Nd4j.getEnvironment();
        environment.setMaxThreads(threads);
        environment.setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        openblas.blas_set_num_threads(threads);
    }

    /** What a summary says about them. */
    String description() {
        return threads + (threads == 1 ? " thread" : " threads") + " for ND4J and BLAS";
    }
}
