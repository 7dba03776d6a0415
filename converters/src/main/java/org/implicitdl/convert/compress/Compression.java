package org.implicitdl.convert.compress;

import org.implicitdl.model.ImplicitModel;

/** A way to make a model smaller that changes its outputs a little. Implementations are immutable values. */
public interface Compression {

    /** What is done, in a few words. */
    String name();

    /** The smaller model. States that it no longer needs are left to a {@code Reducer}. */
    ImplicitModel apply(ImplicitModel model);
}
