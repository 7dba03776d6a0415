package org.implicitdl.zoo.table;

/** What is predicted. */
public enum Task {
    /** One of several classes. */
    CLASSIFICATION,

    /** A number. */
    REGRESSION
}
