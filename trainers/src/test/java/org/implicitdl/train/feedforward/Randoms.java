package org.implicitdl.train.feedforward;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;

/** Random matrices, links, layers and models that the tests share; the same seed gives the same bits. */
public final class Randoms {
    private Randoms() {}

    /** Every link: those of the Fenchel table and the softmax. */
    public static List<Link> links() {
        return Stream.concat(Activations.all().stream().<Link>map(ComponentwiseLink::new), Stream.of(new SoftmaxLink()))
                .toList();
    }

    /** Independent normal entries of mean 0. */
    public static Matrix gaussian(int rows, int cols, double deviation, Random random) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = deviation * random.nextGaussian();
        }
        return matrix;
    }

    /** A layer whose weighted inputs have about the given deviation for inputs of deviation 1. */
    public static FeedforwardLayer layer(int inputs, int outputs, boolean bias, Link link, double gain, Random random) {
        int columns = inputs + (bias ? 1 : 0);
        return new FeedforwardLayer(gaussian(outputs, columns, gain / Math.sqrt(inputs), random), bias, link);
    }

    /** A model of the given sizes, from the input to the output, with one hidden activation. */
    public static FeedforwardModel model(
            FenchelActivation hidden, Link loss, boolean bias, double gain, Random random, int... sizes) {
        List<FeedforwardLayer> layers = new ArrayList<>();
        for (int l = 0; l + 1 < sizes.length; l++) {
            Link link = l + 2 == sizes.length ? loss : new ComponentwiseLink(hidden);
            layers.add(layer(sizes[l], sizes[l + 1], bias, link, gain, random));
        }
        return new FeedforwardModel(layers);
    }

    /** Targets in the range of a link: values at random points, every third sample at the ends of the range. */
    public static Matrix targets(Link link, int rows, int cols, Random random) {
        Matrix s = gaussian(rows, cols, 1.5, random);
        Matrix x = Matrix.zeros(rows, cols);
        for (int j = 0; j < cols; j++) {
            link.values(s.values(), x.values(), j * rows, rows);
            if (j % 3 == 2) {
                saturate(link, x, j, random);
            }
        }
        return x;
    }

    /** Random inputs, with responses in the range of the loss. */
    public static TrainingSet data(FeedforwardModel model, int samples, Random random) {
        return new TrainingSet(
                gaussian(model.layer(0).inputs(), samples, 1, random),
                targets(model.last().link(), model.last().outputs(), samples, random));
    }

    private static void saturate(Link link, Matrix x, int column, Random random) {
        int hot = random.nextInt(x.rows());
        for (int i = 0; i < x.rows(); i++) {
            if (link instanceof ComponentwiseLink componentwise) {
                FenchelActivation phi = componentwise.activation();
                double end = random.nextBoolean() ? phi.lowerBound() : phi.upperBound();
                x.set(i, column, Double.isInfinite(end) ? x.get(i, column) : end);
            } else {
                x.set(i, column, i == hot ? 1 : 0);
            }
        }
    }
}
