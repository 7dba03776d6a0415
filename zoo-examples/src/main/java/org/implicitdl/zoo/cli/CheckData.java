package org.implicitdl.zoo.cli;

import java.util.Optional;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network and its implicit model are compared on.
 *
 * @param rows the samples [m, numbers]
 * @param images the images that they are, if they are
 */
record CheckData(INDArray rows, Optional<ImageSet> images) {
    private static final int MOST = 1000;

    /** The first images. */
    static CheckData of(ImageSet images) {
        return new CheckData(images.batch(0, Math.min(MOST, images.size())).getFeatures(), Optional.of(images));
    }

    /** A table. */
    static CheckData of(INDArray table) {
        return new CheckData(table, Optional.empty());
    }
}
