package org.implicitdl.zoo.recovery;

/** A way to find the inputs that matter, as a row of the table and a diagram of the figure. Immutable. */
public interface RecoveryMethod {

    /** The short name in options and in the CSV files. */
    String id();

    /** The name in tables and diagrams. */
    String name();

    /** The hyperparameters, and how the support is decided, in words. */
    String settings();

    /** Finds the inputs from {@link RecoveryTrial#train()}; {@link RecoveryTrial#truth()} and the support are not looked at. */
    Recovery recover(RecoveryTrial trial);
}
