package org.implicitdl.zoo.cli;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** How many threads ND4J and BLAS compute with. Starts ND4J. */
final class Threads {
    private Threads() {}

    static void use(int threads) {
        Environment environment = Nd4j.getEnvironment();
        environment.setMaxThreads(threads);
        environment.setMaxMasterThreads(threads);
        org.nd4j.nativeblas.NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        openblas.blas_set_num_threads(threads);
    }

    /** What a summary says about them. */
    static String description(int threads) {
        return threads + (threads == 1 ? " thread" : " threads") + " for ND4J and BLAS";
    }
}
