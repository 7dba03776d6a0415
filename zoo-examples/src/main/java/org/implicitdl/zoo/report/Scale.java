package org.implicitdl.zoo.report;

/** How an axis maps values to places. */
public enum Scale {
    /** Equal differences are equal lengths. */
    LINEAR,

    /** As {@link #LINEAR}, with zero in sight. */
    LINEAR_FROM_ZERO,

    /** Equal ratios are equal lengths; only positive values have a place. */
    LOGARITHMIC
}
