package org.implicitdl.train.implicit;

/** Is told of every sweep. Reports cost about a product with A for every block; without a listener none are made. */
@FunctionalInterface
public interface SweepListener {
    void sweepDone(SweepReport report);
}
