package org.implicitdl.zoo.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Grey images with a class each, in a fixed order. Pixels stay bytes until a batch is asked for, and subsets share them:
 * the 70,000 images of MNIST take 55 MB.
 */
public final class ImageSet {
    private final IdxFile images;
    private final IdxFile labels;
    private final int classes;
    private final int white;
    private final int[] order;

    private ImageSet(IdxFile images, IdxFile labels, int classes, int white, int[] order) {
        this.images = images;
        this.labels = labels;
        this.classes = classes;
        this.white = white;
        this.order = order;
    }

    /**
     * All images of a file.
     *
     * @param images of shape [images, rows, columns]
     * @param labels of shape [images]
     * @param classes labels are below it
     * @param white the largest value of a pixel
     * @throws DataFileException if the counts differ, or a label or a pixel is too large
     */
    static ImageSet of(IdxFile images, IdxFile labels, int classes, int white) {
        int count = images.shape().get(0);
        if (labels.shape().get(0) != count) {
            throw new DataFileException("Every image needs one label, but '" + images.name() + "' has " + count
                    + " images and '" + labels.name() + "' " + labels.shape().get(0)
                    + " labels; take both files from the same set.");
        }
        checkBelow(labels, classes, "label");
        checkBelow(images, white + 1, "pixel");
        return new ImageSet(
                images, labels, classes, white, IntStream.range(0, count).toArray());
    }

    private static void checkBelow(IdxFile file, int limit, String what) {
        for (int i = 0; i < file.values().length; i++) {
            int value = Byte.toUnsignedInt(file.values()[i]);
            if (value >= limit) {
                throw new DataFileException("Every " + what + " of '" + file.name() + "' must be in 0 to " + (limit - 1)
                        + ", but number " + i + " is " + value + "; check that this is the right file.");
            }
        }
    }

    /** The number of images. */
    public int size() {
        return order.length;
    }

    /** The height of an image in pixels. */
    public int rows() {
        return images.shape().get(1);
    }

    /** The width of an image in pixels. */
    public int columns() {
        return images.shape().get(2);
    }

    /** The pixels of one image: the number of features. */
    public int pixels() {
        return rows() * columns();
    }

    /** The number of classes. */
    public int classes() {
        return classes;
    }

    /** The class of an image. */
    public int label(int image) {
        return Byte.toUnsignedInt(labels.values()[order[image]]);
    }

    /** The brightness of a pixel, from 0 to 1; pixels are counted row by row. */
    public float brightness(int image, int pixel) {
        return (float) Byte.toUnsignedInt(images.values()[order[image] * pixels() + pixel]) / white;
    }

    /** The images from one position to another, the second not included. */
    public ImageSet part(int from, int to) {
        return reordered(java.util.Arrays.copyOfRange(order, checked(from, to), to));
    }

    /** The same images in an order that the seed decides. */
    public ImageSet shuffled(long seed) {
        List<Integer> positions =
                new ArrayList<>(IntStream.range(0, size()).boxed().toList());
        Collections.shuffle(positions, new Random(seed));
        return reordered(positions.stream().mapToInt(i -> order[i]).toArray());
    }

    private ImageSet reordered(int[] newOrder) {
        return new ImageSet(images, labels, classes, white, newOrder);
    }

    /**
     * The images from one position to another, the second not included: features [m, pixels] in [0, 1], labels
     * [m, classes] with a one at the class, both in single precision.
     */
    public DataSet batch(int from, int to) {
        int m = to - checked(from, to);
        int p = pixels();
        float[] features = new float[m * p];
        float[] oneHot = new float[m * classes];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < p; j++) {
                features[i * p + j] = brightness(from + i, j);
            }
            oneHot[i * classes + label(from + i)] = 1;
        }
        return new DataSet(
                Nd4j.create(features, new long[] {m, p}, 'c'), Nd4j.create(oneHot, new long[] {m, classes}, 'c'));
    }

    private int checked(int from, int to) {
        if (from < 0 || to <= from || to > size()) {
            throw new IllegalArgumentException("A part of " + size() + " images must reach from 0 or more to at most "
                    + size() + " and hold at least one, but reaches from " + from + " to " + to + ".");
        }
        return from;
    }

    /** All images in their order, in batches; the last batch holds what is left. */
    public DataSetIterator iterator(int batchSize) {
        return new BatchIterator(this, batchSize, false, 0);
    }

    /** All images in batches, in another order after every reset; the seed decides all of these orders. */
    public DataSetIterator shuffledIterator(int batchSize, long seed) {
        return new BatchIterator(this, batchSize, true, seed);
    }
}
