package org.implicitdl.train.polish;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Curvature;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;

/**
 * The Jacobian J of the outputs S_{L+1} of samples in all weights, in the order of {@link FeedforwardModel#toVector}. It is
 * never formed: Jv is a pass through the layers, dS_{l+1} = dΘ_l X_l + W_l φ_l'∘dS_l, and JᵀR a back-propagation. Either
 * takes the matrix products of about two predictions.
 */
final class FeedforwardJacobian {
    private final FeedforwardModel model;
    private final List<Matrix> weights = new ArrayList<>();
    /** X_l of each layer, with the constant 1 if it has a bias. */
    private final List<Matrix> designs = new ArrayList<>();
    /** φ' between each layer and the one above. */
    private final List<Curvature> slopes = new ArrayList<>();

    private Matrix output;

    private FeedforwardJacobian(FeedforwardModel model) {
        this.model = model;
    }

    /** @param u the inputs [p, m] */
    static FeedforwardJacobian of(FeedforwardModel model, Matrix u) {
        FeedforwardJacobian jacobian = new FeedforwardJacobian(model);
        Matrix x = u;
        for (int l = 0; l < model.depth(); l++) {
            FeedforwardLayer layer = model.layer(l);
            Matrix design = layer.design(x);
            Matrix s = Lapack.times(layer.weights(), design);
            jacobian.weights.add(layer.weightsWithoutBias());
            jacobian.designs.add(design);
            if (l == model.depth() - 1) {
                jacobian.output = s;
            } else {
                jacobian.slopes.add(layer.link().curvature(s));
                x = layer.activate(s);
            }
        }
        return jacobian;
    }

    /** The outputs [q, m] before the link of the loss. */
    Matrix output() {
        return output;
    }

    /** Jv [q, m]. */
    Matrix times(double[] v) {
        Matrix change = null;
        for (int l = 0; l < model.depth(); l++) {
            Matrix own = Lapack.times(ofLayer(l, v), designs.get(l));
            change = l == 0
                    ? own
                    : own.add(1, Lapack.times(weights.get(l), slopes.get(l - 1).times(change)));
        }
        return change;
    }

    /** JᵀR for R [q, m]. */
    double[] transposeTimes(Matrix r) {
        return inWeights(backPropagated(r), designs);
    }

    /** Of every weight ∑ (Jⱼᵀrⱼ)², the squares of what the samples add to JᵀR. */
    double[] squaresOfTransposeTimes(Matrix r) {
        return inWeights(
                backPropagated(r).stream().map(Matrix::squared).toList(),
                designs.stream().map(Matrix::squared).toList());
    }

    /** What r comes to at the weighted inputs of each layer. */
    private List<Matrix> backPropagated(Matrix r) {
        LinkedList<Matrix> errors = new LinkedList<>(List.of(r));
        for (int l = model.depth() - 1; l > 0; l--) {
            errors.addFirst(slopes.get(l - 1).times(Lapack.transposeTimes(weights.get(l), errors.getFirst())));
        }
        return errors;
    }

    private double[] inWeights(List<Matrix> errors, List<Matrix> inputs) {
        double[] vector = new double[model.parameters()];
        for (int l = 0; l < model.depth(); l++) {
            double[] block = Lapack.timesTranspose(errors.get(l), inputs.get(l)).values();
            System.arraycopy(block, 0, vector, model.offset(l), block.length);
        }
        return vector;
    }

    private Matrix ofLayer(int l, double[] v) {
        Matrix shape = model.layer(l).weights();
        int from = model.offset(l);
        return new Matrix(shape.rows(), shape.cols(), Arrays.copyOfRange(v, from, from + shape.values().length));
    }
}
