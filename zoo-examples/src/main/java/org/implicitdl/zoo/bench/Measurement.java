package org.implicitdl.zoo.bench;

import java.util.List;

/** Something that is measured together with what it is compared with. */
public interface Measurement {

    /** A short name for the command line, without spaces. */
    String name();

    /** What is measured, in one line. */
    String description();

    /** Measures. */
    List<Row> measure(Effort effort);
}
