package org.implicitdl.model;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.OperatorAlgebra;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.solver.FixedPointException;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.Solvers;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.IllPosedException;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The prediction rule (1), ŷ = Cx + Du + d where x = φ(Ax + Bu + b), as an immutable value.
 *
 * <p>Samples are columns: inputs U [p, m], states X [n, m], outputs Ŷ [q, m]. Results have the type of the input.
 * Models compose as in §2.3, and composing keeps the blocks of the parts: nothing is expanded. Any number of threads
 * may share a model.
 */
public final class ImplicitModel {
    private final LinearOperator a;
    private final LinearOperator b;
    private final LinearOperator c;
    private final LinearOperator d;
    private final Offset bias;
    private final Offset shift;
    private final Activation phi;
    private volatile Certificate certificate;
    private volatile Optional<ForwardPass> forwardPass;

    ImplicitModel(
            LinearOperator a,
            LinearOperator b,
            LinearOperator c,
            LinearOperator d,
            Offset bias,
            Offset shift,
            Activation phi) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
        this.bias = bias;
        this.shift = shift;
        this.phi = Objects.requireNonNull(phi, "phi");
        require("A", a, a.rows(), a.rows());
        require("B", b, a.rows(), b.cols());
        require("C", c, c.rows(), a.rows());
        require("D", d, c.rows(), b.cols());
        require("state bias b", bias, a.rows());
        require("output bias d", shift, c.rows());
    }

    private static void require(String name, LinearOperator matrix, int rows, int cols) {
        if (matrix.rows() != rows || matrix.cols() != cols) {
            throw new ShapeException("The matrix " + name + " must be [" + rows + ", " + cols + "], but is " + matrix
                    + "; A is [n, n], B [n, p], C [q, n], D [q, p].");
        }
    }

    private static void require(String name, Offset offset, int size) {
        if (offset.size() != size) {
            throw new ShapeException("The " + name + " must be a vector of length " + size + ", but has the size "
                    + offset.size() + ".");
        }
    }

    /**
     * The rule without biases.
     *
     * @param a A [n, n]
     * @param b B [n, p]
     * @param c C [q, n]
     * @param d D [q, p]
     * @param phi the activation map φ on ℝⁿ
     * @throws ShapeException if the sizes do not agree
     */
    public static ImplicitModel of(
            LinearOperator a, LinearOperator b, LinearOperator c, LinearOperator d, Activation phi) {
        return new ImplicitModel(a, b, c, d, Offset.zero(a.rows()), Offset.zero(c.rows()), phi);
    }

    /**
     * The rule with constants.
     *
     * @param a A [n, n]
     * @param b B [n, p]
     * @param c C [q, n]
     * @param d D [q, p]
     * @param bias b, of size n
     * @param shift d, of size q
     * @param phi the activation map φ on ℝⁿ
     * @throws ShapeException if the sizes do not agree
     */
    public static ImplicitModel of(
            LinearOperator a,
            LinearOperator b,
            LinearOperator c,
            LinearOperator d,
            Offset bias,
            Offset shift,
            Activation phi) {
        return new ImplicitModel(a, b, c, d, bias, shift, phi);
    }

    /**
     * The rule with another bias b in the state equation.
     *
     * @param b a vector of length n, copied
     * @throws ShapeException if its length is another
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public ImplicitModel withStateBias(INDArray b) {
        return new ImplicitModel(a, this.b, c, d, Offset.copyOf("state bias b", b, states()), shift, phi);
    }

    /**
     * The rule with another bias d in the output equation.
     *
     * @param d a vector of length q, copied
     * @throws ShapeException if its length is another
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public ImplicitModel withOutputBias(INDArray d) {
        return new ImplicitModel(a, b, c, this.d, bias, Offset.copyOf("output bias d", d, outputs()), phi);
    }

    /** The matrix A [n, n]. */
    public LinearOperator a() {
        return a;
    }

    /** The matrix B [n, p]. */
    public LinearOperator b() {
        return b;
    }

    /** The matrix C [q, n]. */
    public LinearOperator c() {
        return c;
    }

    /** The matrix D [q, p]. */
    public LinearOperator d() {
        return d;
    }

    /** The activation map φ. */
    public Activation phi() {
        return phi;
    }

    /** The bias b of the state equation, as a new array [n, 1]; zeros if there is none. */
    public INDArray stateBias(DataType type) {
        return bias.toArray(type);
    }

    /** The bias d of the output equation, as a new array [q, 1]; zeros if there is none. */
    public INDArray outputBias(DataType type) {
        return shift.toArray(type);
    }

    /** The number p of inputs. */
    public int inputs() {
        return b.cols();
    }

    /** The number n of states. */
    public int states() {
        return a.rows();
    }

    /** The number q of outputs. */
    public int outputs() {
        return c.rows();
    }

    /** The division of the state into blocks that A makes; one block if it makes none. */
    public Partition blocks() {
        Partition rows = OperatorBlocks.rowsOf(a);
        return rows.equals(OperatorBlocks.colsOf(a)) ? rows : Partition.of(states());
    }

    /** The widest type in which a parameter is stored. */
    public DataType dataType() {
        return Stream.of(a, b, c, d)
                .map(LinearOperator::dataType)
                .reduce(Offset.wider(bias.type(), shift.type()), Offset::wider);
    }

    /** The number of stored parameters: entries of A, B, C, D that are not zero or one by structure, and biases. */
    public long parameterCount() {
        return Stream.of(a, b, c, d).mapToLong(LinearOperator::parameterCount).sum()
                + bias.parameterCount()
                + shift.parameterCount();
    }

    /** The equation X = φ(AX + V) with V = BU + b1ᵀ that determines the states of inputs U [p, m]. */
    public FixedPointProblem problem(INDArray u) {
        requireInput(u);
        return new FixedPointProblem(a, bias.addTo(b.times(u)), phi);
    }

    /** The outputs CX + DU + d1ᵀ of given states X [n, m] and inputs U [p, m], as a new array [q, m]. */
    public INDArray readOut(INDArray x, INDArray u) {
        INDArray y = c.times(x);
        return shift.addTo(d.isZero() ? y : y.addi(d.times(u)));
    }

    /**
     * The proof that every input has exactly one state; found once and kept.
     *
     * @throws IllPosedException if no certificate is found, with the reasons
     */
    public Certificate certificate() {
        Certificate known = certificate;
        if (known == null) {
            // Two threads may both find it: they find the same.
            known = WellPosedness.certify(a, phi);
            certificate = known;
        }
        return known;
    }

    /**
     * The outputs of inputs. A rule whose blocks depend on each other without cycles is computed block by block; for
     * others the certificate chooses the solver.
     *
     * @param u U [p, m], not changed
     * @return a new array Ŷ [q, m] of the type of U
     * @throws ShapeException if U does not have p rows
     * @throws NonFiniteException if an input is NaN or infinite, or an output overflows
     * @throws IllPosedException if no certificate is found; a solver may be given then
     * @throws FixedPointException if the solver fails for a sample all the same
     */
    public INDArray output(INDArray u) {
        Optional<ForwardPass> pass = forwardPass();
        if (pass.isEmpty()) {
            return readOut(state(u).orElseThrow(), u);
        }
        requireInput(u);
        INDArray y = pass.get().output(u);
        NonFiniteException.check("output", y);
        return y;
    }

    /**
     * The outputs of inputs, from states by a given solver.
     *
     * @param u U [p, m], not changed
     * @return a new array Ŷ [q, m] of the type of U
     * @throws ShapeException if U does not have p rows
     * @throws NonFiniteException if an input is NaN or infinite
     * @throws FixedPointException if the solver fails for a sample
     */
    public INDArray output(INDArray u, FixedPointSolver solver) {
        return readOut(state(u, solver).orElseThrow(), u);
    }

    /**
     * The states of inputs, by the solver that the certificate chooses.
     *
     * @param u U [p, m], not changed
     * @return the solution, whose report says how it ended for each sample
     * @throws ShapeException if U does not have p rows
     * @throws NonFiniteException if an input is NaN or infinite
     * @throws IllPosedException if no certificate is found; a solver may be given then
     */
    public Solution state(INDArray u) {
        FixedPointProblem problem = problem(u);
        return Solvers.forCertificate(certificate()).solve(problem);
    }

    /**
     * The states of inputs by a given solver.
     *
     * @param u U [p, m], not changed
     * @return the solution, whose report says how it ended for each sample
     * @throws ShapeException if U does not have p rows
     * @throws NonFiniteException if an input is NaN or infinite
     */
    public Solution state(INDArray u, FixedPointSolver solver) {
        return solver.solve(problem(u));
    }

    private Optional<ForwardPass> forwardPass() {
        Optional<ForwardPass> known = forwardPass;
        if (known == null) {
            known = ForwardPass.of(this);
            forwardPass = known;
        }
        return known;
    }

    /**
     * The cascade (2.3): this rule's output is the next rule's input. Its state is (x₂, x₁), so that A is block upper
     * triangular if both parts are. It is well-posed if and only if both are.
     *
     * @throws ShapeException if the next rule does not have as many inputs as this one has outputs
     */
    public ImplicitModel then(ImplicitModel next) {
        return new Composition(this, next).cascade();
    }

    /**
     * The parallel sum ŷ = ŷ₁ + ŷ₂ for the same input, with the state (x₁, x₂). It is well-posed if and only if both are.
     *
     * @throws ShapeException if the numbers of inputs or outputs differ
     */
    public ImplicitModel plus(ImplicitModel other) {
        return new Composition(this, other).sum();
    }

    /**
     * The outputs (ŷ₁, ŷ₂) of both rules for the same input, with the state (x₁, x₂). It is well-posed if and only if
     * both are.
     *
     * @throws ShapeException if the numbers of inputs differ
     */
    public ImplicitModel concatenate(ImplicitModel other) {
        return new Composition(this, other).stack();
    }

    /**
     * Both rules side by side: the outputs (ŷ₁, ŷ₂) for the input (u₁, u₂), with the state (x₁, x₂). It is well-posed if
     * and only if both are.
     */
    public ImplicitModel beside(ImplicitModel other) {
        return new Composition(this, other).beside();
    }

    /**
     * The rule after a linear map of the input, u = Mv. A stays as it is.
     *
     * @param m M [p, p']
     * @throws ShapeException if M does not have p rows
     */
    public ImplicitModel withInputMap(LinearOperator m) {
        return new ImplicitModel(a, OperatorAlgebra.product(b, m), c, OperatorAlgebra.product(d, m), bias, shift, phi);
    }

    /**
     * The rule after an affine map of the input, u = Mv + s. A stays as it is.
     *
     * @param m M [p, p']
     * @param s a vector of length p
     * @throws ShapeException if M does not have p rows, or s another length
     */
    public ImplicitModel withInputMap(LinearOperator m, INDArray s) {
        Offset constant = Offset.copyOf("shift of the input", s, inputs());
        return new ImplicitModel(a, b, c, d, bias.plus(constant.times(b)), shift.plus(constant.times(d)), phi)
                .withInputMap(m);
    }

    /**
     * The rule before a linear map of the output, y = Mŷ. A stays as it is.
     *
     * @param m M [q', q]
     * @throws ShapeException if M does not have q columns
     */
    public ImplicitModel withOutputMap(LinearOperator m) {
        return new ImplicitModel(
                a, b, OperatorAlgebra.product(m, c), OperatorAlgebra.product(m, d), bias, shift.times(m), phi);
    }

    /**
     * The rule before an affine map of the output, y = Mŷ + s. A stays as it is.
     *
     * @param m M [q', q]
     * @param s a vector of length q'
     * @throws ShapeException if M does not have q columns, or s another length
     */
    public ImplicitModel withOutputMap(LinearOperator m, INDArray s) {
        ImplicitModel mapped = withOutputMap(m);
        Offset constant = Offset.copyOf("shift of the output", s, m.rows());
        return new ImplicitModel(a, b, mapped.c, mapped.d, bias, mapped.shift.plus(constant), phi);
    }

    /**
     * The closed loop u = v + Kŷ, a rule for the new input v: A + BK(I − DK)⁻¹C and so on. It need not be well-posed,
     * though this rule is: see {@link #certificate()} of the result.
     *
     * @param k K [p, q]
     * @throws ShapeException if K has another size
     * @throws IllegalArgumentException if I − DK is singular, so that the loop determines no output
     */
    public ImplicitModel withFeedback(LinearOperator k) {
        return Feedback.close(this, k);
    }

    /**
     * The same rule with the state in another order, x'ᵢ = x_{order[i]}. Blocks are kept if the order moves them whole;
     * otherwise A, B and C become dense.
     *
     * @throws ShapeException if the order is no permutation of 0 … n−1
     * @throws IllegalArgumentException if it tears apart components that φ mixes
     */
    public ImplicitModel permuted(int... order) {
        return new StateChange(this).permuted(order);
    }

    /**
     * The same rule with the state x' = Sx, S = diag(scales): SAS⁻¹, SB, CS⁻¹ (§3.2).
     *
     * @param scales a vector of n positive numbers
     * @throws ShapeException if it has another length
     * @throws IllegalArgumentException if a scale is not positive, or φ is not known to be positively homogeneous, since
     *     then S does not commute with φ
     */
    public ImplicitModel scaled(INDArray scales) {
        return new StateChange(this).scaled(scales);
    }

    /** Several lines on sizes, structure, φ, parameters and well-posedness; the last may take a while to find out. */
    public String summary() {
        return ModelSummary.of(this);
    }

    @Override
    public String toString() {
        return "implicit model with " + inputs() + " inputs, " + states() + " states in blocks " + blocks() + ", "
                + outputs() + " outputs, phi = " + phi;
    }

    /** The bias b of the state equation, as it is stored. */
    public Offset bias() {
        return bias;
    }

    /** The bias d of the output equation, as it is stored. */
    public Offset shift() {
        return shift;
    }

    private void requireInput(INDArray u) {
        if (u.rank() != 2 || u.size(0) != inputs()) {
            throw new ShapeException("The input must be [" + inputs() + ", samples], but has the shape "
                    + Arrays.toString(u.shape())
                    + (u.rank() == 2 && u.size(1) == inputs() ? "; samples are columns here: transpose it." : "."));
        }
        NonFiniteException.check("input", u);
    }
}
