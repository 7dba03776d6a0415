package org.implicitdl.model;

import java.util.List;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorAlgebra;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;

/** Models made of two models (§2.3), by blocks: A of the two A's, with what couples them in a corner. */
final class Composition {
    private final ImplicitModel one;
    private final ImplicitModel two;

    Composition(ImplicitModel one, ImplicitModel two) {
        this.one = one;
        this.two = two;
    }

    /**
     * The first model's output is the second's input. With the state (x₂, x₁) rather than the paper's (x₁, x₂), A is
     * block upper triangular as in §2.2.
     */
    ImplicitModel cascade() {
        requireEqual("outputs of the first model", one.outputs(), "inputs of the next", two.inputs());
        LinearOperator coupling = OperatorAlgebra.product(two.b(), one.c());
        return new ImplicitModel(
                states(two, one, coupling),
                rows(two, OperatorAlgebra.product(two.b(), one.d()), one, one.b(), inputsOf(one)),
                cols(two, two.c(), one, OperatorAlgebra.product(two.d(), one.c()), outputsOf(two)),
                OperatorAlgebra.product(two.d(), one.d()),
                Offset.stack(List.of(two.bias().plus(one.shift().times(two.b())), one.bias())),
                two.shift().plus(one.shift().times(two.d())),
                StateActivation.join(two, one));
    }

    /** ŷ = ŷ₁ + ŷ₂ for the same input. */
    ImplicitModel sum() {
        requireSameInput();
        requireEqual("outputs of the first model", one.outputs(), "outputs of the other", two.outputs());
        return new ImplicitModel(
                uncoupled(),
                rows(one, one.b(), two, two.b(), inputsOf(one)),
                cols(one, one.c(), two, two.c(), outputsOf(one)),
                OperatorAlgebra.sum(one.d(), two.d()),
                Offset.stack(List.of(one.bias(), two.bias())),
                one.shift().plus(two.shift()),
                StateActivation.join(one, two));
    }

    /** ŷ = (ŷ₁, ŷ₂) for the same input. */
    ImplicitModel stack() {
        requireSameInput();
        return new ImplicitModel(
                uncoupled(),
                rows(one, one.b(), two, two.b(), inputsOf(one)),
                diagonal(one.c(), two.c(), outputsOf(one), outputsOf(two), one.blocks(), two.blocks()),
                OperatorBlocks.join(
                        List.of(List.of(one.d()), List.of(two.d())),
                        List.of(outputsOf(one), outputsOf(two)),
                        List.of(inputsOf(one))),
                Offset.stack(List.of(one.bias(), two.bias())),
                Offset.stack(List.of(one.shift(), two.shift())),
                StateActivation.join(one, two));
    }

    /** ŷ = (ŷ₁, ŷ₂) for the input (u₁, u₂). */
    ImplicitModel beside() {
        return new ImplicitModel(
                uncoupled(),
                diagonal(one.b(), two.b(), one.blocks(), two.blocks(), inputsOf(one), inputsOf(two)),
                diagonal(one.c(), two.c(), outputsOf(one), outputsOf(two), one.blocks(), two.blocks()),
                diagonal(one.d(), two.d(), outputsOf(one), outputsOf(two), inputsOf(one), inputsOf(two)),
                Offset.stack(List.of(one.bias(), two.bias())),
                Offset.stack(List.of(one.shift(), two.shift())),
                StateActivation.join(one, two));
    }

    private LinearOperator uncoupled() {
        return states(one, two, new ZeroOperator(one.states(), two.states()));
    }

    /** The matrix A of the state (first's, second's), where only the first may depend on the second. */
    private static LinearOperator states(ImplicitModel first, ImplicitModel second, LinearOperator coupling) {
        List<Partition> blocks = List.of(first.blocks(), second.blocks());
        return OperatorBlocks.join(
                List.of(
                        List.of(first.a(), coupling),
                        List.of(new ZeroOperator(second.states(), first.states()), second.a())),
                blocks,
                blocks);
    }

    private static LinearOperator rows(
            ImplicitModel first, LinearOperator top, ImplicitModel second, LinearOperator bottom, Partition cols) {
        return OperatorBlocks.join(
                List.of(List.of(top), List.of(bottom)), List.of(first.blocks(), second.blocks()), List.of(cols));
    }

    private static LinearOperator cols(
            ImplicitModel first, LinearOperator left, ImplicitModel second, LinearOperator right, Partition rows) {
        return OperatorBlocks.join(
                List.of(List.of(left, right)), List.of(rows), List.of(first.blocks(), second.blocks()));
    }

    private static LinearOperator diagonal(
            LinearOperator top, LinearOperator bottom, Partition r1, Partition r2, Partition c1, Partition c2) {
        return OperatorBlocks.join(
                List.of(
                        List.of(top, new ZeroOperator(top.rows(), bottom.cols())),
                        List.of(new ZeroOperator(bottom.rows(), top.cols()), bottom)),
                List.of(r1, r2),
                List.of(c1, c2));
    }

    private static Partition inputsOf(ImplicitModel model) {
        return OperatorBlocks.colsOf(model.b());
    }

    private static Partition outputsOf(ImplicitModel model) {
        return OperatorBlocks.rowsOf(model.c());
    }

    private void requireSameInput() {
        requireEqual("inputs of the first model", one.inputs(), "inputs of the other", two.inputs());
    }

    private static void requireEqual(String what, int size, String other, int otherSize) {
        if (size != otherSize) {
            throw new ShapeException("The number of " + what + " is " + size + ", but the number of " + other + " is "
                    + otherSize + "; they must agree: put an affine map between, or use another composition.");
        }
    }
}
