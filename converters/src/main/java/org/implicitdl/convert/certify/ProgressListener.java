package org.implicitdl.convert.certify;

/** Hears how far a long computation has come. */
@FunctionalInterface
public interface ProgressListener {

    /** Called after every batch, by the thread that computes. */
    void onProgress(int samplesDone, int samples);
}
