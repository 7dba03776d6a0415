package org.implicitdl.layer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.implicitdl.activation.Activation;
import org.implicitdl.gradient.AdjointState;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.solver.FixedPointException;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.IllPosedException;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link ImplicitLayer} at run time. Like every layer of Deeplearning4j it is used by one thread at a time.
 *
 * <p>Forward, the state X solves X = φ(AX + BU + b) by the solver that was chosen, outside of workspaces, so that memory
 * does not grow with the iterations. Backward, the transposed equation is solved; see {@link GradientType}.
 */
public final class EquilibriumLayer extends BaseLayer<ImplicitLayer> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EquilibriumLayer.class);

    private final CertificateCache certificates = new CertificateCache();
    private transient Equilibrium equilibrium;
    private transient INDArray previousState;
    private transient LayerReport lastReport;
    private transient LayerReport lastGradientReport;
    private transient boolean warned;

    /** A layer without parameters yet; DL4J makes it by {@link ImplicitLayer#instantiate}. */
    public EquilibriumLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /**
     * The proof that the equation is well-posed with the parameters as they are, whose margin says how far it is from
     * not holding.
     *
     * @throws IllPosedException if none is found, naming the layer, with the reasons
     */
    public Certificate certificate() {
        Weights weights = weights(params);
        return certificates.of(stateMatrix(), weights, layerConf().phi()).orElseThrow(() -> illPosed(weights));
    }

    /** What the solver did in the last forward pass; empty before the first. */
    public Optional<LayerReport> lastReport() {
        return Optional.ofNullable(lastReport);
    }

    /** What the solver of the transposed equation did in the last backward pass; empty before the first. */
    public Optional<LayerReport> lastGradientReport() {
        return Optional.ofNullable(lastGradientReport);
    }

    /** The rule (1) with copies of the parameters as they are. */
    public ImplicitModel model() {
        return layerConf().model(params);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaceMgr);
        replaceEquilibrium(solve(training, workspaceMgr));
        INDArray output = readOut(equilibrium, workspaceMgr);
        requireFinite(output);
        if (maskArray != null) {
            applyMask(output);
        }
        return output;
    }

    private Equilibrium solve(boolean training, LayerWorkspaceMgr workspaceMgr) {
        INDArray u = checkedInput(workspaceMgr);
        Weights weights = noisyWeights(training, workspaceMgr);
        INDArray v = workspaceMgr.createUninitialized(
                ArrayType.ACTIVATIONS,
                dataType,
                new long[] {u.size(0), layerConf().getStateSize()},
                'c');
        weights.writeKnownPart(u, v);
        Activation phi = layerConf().phi();
        FixedPointProblem problem = new FixedPointProblem(DenseOperator.viewOf(weights.a()), v.transpose(), phi);
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Optional<Certificate> certificate = certificates.of(stateMatrix(), weights, phi);
            if (certificate.isEmpty() && layerConf().getWellPosed() != WellPosed.NONE) {
                throw illPosed(weights);
            }
            StoppingRule rule = SolverChoice.rule(layerConf().getSolver(), certificate, weights.a());
            long begin = System.nanoTime();
            INDArray start = start(problem);
            Solution solution =
                    SolverChoice.of(layerConf().getSolver(), rule, certificate).solve(problem, start);
            lastReport = LayerReport.of(solution.report(), System.nanoTime() - begin, margin(certificate));
            Equilibrium found = new Equilibrium(u, weights, problem, rule, solution.state(), certificate);
            judge(solution.report(), FixedPointException.EQUATION, training, found, "input", u);
            if (start != previousState) {
                close(start);
            }
            previousState = layerConf().getSolver().warmStart() ? solution.state() : null;
            return found;
        }
    }

    private INDArray checkedInput(LayerWorkspaceMgr workspaceMgr) {
        if (input.rank() != 2 || input.size(1) != layerConf().getNIn()) {
            throw new DL4JInvalidInputException(
                    "The input must be [samples, " + layerConf().getNIn()
                            + "], but has the shape " + Arrays.toString(input.shape())
                            + "; is a preprocessor missing (setInputType adds it), or nIn wrong? " + layerId());
        }
        if (input.dataType() == dataType) {
            return input;
        }
        // Where the backward pass still finds it: castTo would write to memory that ends with this layer's forward
        // pass.
        return workspaceMgr
                .createUninitialized(ArrayType.ACTIVATIONS, dataType, input.shape(), 'c')
                .assign(input);
    }

    private StateMatrix stateMatrix() {
        return StateMatrix.of(layerConf());
    }

    private Weights noisyWeights(boolean training, LayerWorkspaceMgr workspaceMgr) {
        boolean noisy = training && layerConf().getWeightNoise() != null;
        if (!noisy) {
            return weights(params);
        }
        Map<String, INDArray> used = new LinkedHashMap<>();
        params.keySet().forEach(name -> used.put(name, getParamWithNoise(name, true, workspaceMgr)));
        return weights(used);
    }

    private Weights weights(Map<String, INDArray> used) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return new Weights(stateMatrix().matrix(used), used);
        } catch (NonFiniteException e) {
            Verdict.requireFinite(layerId(), used);
            throw e;
        }
    }

    private INDArray start(FixedPointProblem problem) {
        boolean warm = layerConf().getSolver().warmStart()
                && previousState != null
                && previousState.size(1) == problem.samples();
        return warm ? previousState : Nd4j.create(dataType, new long[] {problem.states(), problem.samples()}, 'f');
    }

    /** Frees the memory of the state before at once, unless the next solve starts from it. */
    private void replaceEquilibrium(Equilibrium next) {
        if (equilibrium != null && equilibrium.state() != previousState) {
            close(equilibrium.state());
        }
        equilibrium = next;
    }

    private static void close(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }

    private INDArray readOut(Equilibrium at, LayerWorkspaceMgr workspaceMgr) {
        if (at.weights().c().isEmpty()) {
            // A copy: the next layer may write to its input, and the backward pass needs the state.
            return workspaceMgr.dup(ArrayType.ACTIVATIONS, at.state().transpose(), 'c');
        }
        INDArray output = workspaceMgr.createUninitialized(
                ArrayType.ACTIVATIONS,
                dataType,
                new long[] {at.input().size(0), layerConf().getNOut()},
                'c');
        at.weights().writeOutput(at.state(), at.input(), output);
        return output;
    }

    private void requireFinite(INDArray output) {
        try {
            NonFiniteException.check("output of " + layerId(), output);
        } catch (NonFiniteException e) {
            Verdict.requireFinite(layerId(), params);
            throw e;
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(true);
        if (equilibrium == null) {
            replaceEquilibrium(solve(true, workspaceMgr));
        }
        INDArray typed = epsilon.castTo(dataType);
        INDArray masked = maskArray == null ? typed : typed.mulColumnVector(maskArray.castTo(dataType));
        long begin = System.nanoTime();
        BackwardPass pass = new BackwardPass(
                equilibrium,
                masked,
                GradientChoice.of(layerConf().getGradient(), equilibrium.rule(), equilibrium.certificate()),
                workspaceMgr);
        lastGradientReport =
                LayerReport.of(pass.report(), System.nanoTime() - begin, margin(equilibrium.certificate()));
        judge(
                pass.report(),
                AdjointState.EQUATION,
                true,
                equilibrium,
                "gradient from the layers above (from labels, or from the loss)",
                masked);
        Gradient gradient = pass.write(stateMatrix(), gradientViews);
        INDArray epsilonNext = pass.inputGradient();
        close(pass.s());
        weightNoiseParams.clear();
        return new Pair<>(gradient, backpropDropOutIfPresent(epsilonNext));
    }

    /** Restores well-posedness after an update, and after the constraints that the user has set. */
    @Override
    public void applyConstraints(int iteration, int epoch) {
        super.applyConstraints(iteration, epoch);
        try {
            stateMatrix().restore(params);
        } catch (NonFiniteException e) {
            throw new NonFiniteException("After iteration " + iteration + ": " + e.getMessage()
                    + " Lower the learning rate, or clip the gradient. " + layerId());
        }
    }

    @Override
    public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
        super.setInput(input, workspaceMgr);
        replaceEquilibrium(null);
    }

    @Override
    public void clear() {
        super.clear();
        replaceEquilibrium(null);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /** A copy with the same configuration and its own parameters. */
    @Override
    public Layer clone() {
        INDArray copy = paramsFlattened.dup();
        return layerConf().clone().instantiate(conf.clone(), null, index, copy, false, dataType);
    }

    /** Warns, once, or throws, if a sample did not converge. */
    private void judge(
            SolverReport report, String equation, boolean training, Equilibrium at, String what, INDArray given) {
        ImplicitLayer conf = layerConf();
        FailureAction action = training ? conf.getTrainingFailure() : conf.getInferenceFailure();
        new Verdict(layerId(), action, at.certificate())
                .of(report, equation, at.weights().parameters(), Map.of(what, given))
                .filter(warning -> !warned)
                .ifPresent(warning -> {
                    warned = true;
                    LOG.warn("{} The best iterate is used. Later failures are in the reports only.", warning);
                });
    }

    private IllPosedException illPosed(Weights weights) {
        Verdict.requireFinite(layerId(), weights.parameters());
        return new IllPosedException(
                layerId(),
                WellPosedness.assess(
                        DenseOperator.copyOf(weights.a()), layerConf().phi()));
    }

    private static double margin(Optional<Certificate> certificate) {
        return certificate.map(Certificate::margin).orElse(0.0);
    }
}
