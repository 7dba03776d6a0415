package org.implicitdl.layer;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.model.ImplicitModel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A layer whose hidden state is the solution of an equation: ŷ = Cx + Du + d with x = φ(Ax + Bu + b), the prediction
 * rule (1) of <em>Implicit Deep Learning</em>.
 *
 * <p>u has nIn components, x has stateSize, ŷ has nOut; the activation of the layer is φ. The parameters, by the names
 * under which {@code net.getParam("0_A")} finds them, are A [n, n], B [n, p], C [q, n], D [q, p], b [n] and d [q]; instead
 * of A, {@link WellPosed#MONOTONE} has F and G [n, n], and {@link WellPosed#SCALED_NORM_INF} V [n, n] and t [n, 1], of
 * which A is made.
 *
 * <p>The equation is well-posed at every iteration unless that is switched off; the default is L‖A‖∞ ≤ 0.95. At run time
 * the layer is an {@link EquilibriumLayer}, which has the certificate and the report of the last solve.
 *
 * <p>As every layer of Deeplearning4j it takes images or time series through the preprocessor that
 * {@code setInputType} adds; time series are mapped step by step, and masks are heeded.
 */
public final class ImplicitLayer extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ImplicitLayer.class);

    private long stateSize;
    private boolean hasBias = true;
    private boolean directTerm = true;
    private boolean stateOutput;
    private WellPosed wellPosed = WellPosed.NORM_INF;
    private double kappa = ImplicitLayerOptions.DEFAULT_KAPPA;
    private SolverSettings solver = SolverSettings.DEFAULTS;
    private GradientSettings gradient = GradientSettings.DEFAULTS;
    private FailureAction trainingFailure = FailureAction.WARN;
    private FailureAction inferenceFailure = FailureAction.THROW;
    private Map<String, ParameterSettings> parameterSettings = new HashMap<>();

    /** For deserialization only; use the {@link Builder}. */
    public ImplicitLayer() {}

    private ImplicitLayer(Builder builder) {
        super(builder);
        hasBias = builder.hasBias;
        directTerm = builder.directTerm;
        stateOutput = builder.stateOutput;
        wellPosed = builder.wellPosed;
        kappa = builder.kappa == null ? ImplicitLayerOptions.DEFAULT_KAPPA : builder.kappa;
        solver = builder.solver;
        gradient = builder.gradient;
        trainingFailure = builder.trainingFailure;
        inferenceFailure = builder.inferenceFailure;
        parameterSettings = new HashMap<>(builder.parameterSettings);
        stateSize = builder.stateSize == 0 && stateOutput ? nOut : builder.stateSize;
        nOut = stateOutput && nOut == 0 ? stateSize : nOut;
        ConfigurationCheck.ofBuilder(this, builder.kappa != null, builder.namedParameters());
        initializeConstraints(builder);
        constraints = builder.withOwnConstraints(constraints);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        ConfigurationCheck.ofLayer(this, layerIndex, networkDataType);
        if (wellPosed == WellPosed.NONE) {
            LOG.warn(
                    "{} at index {} has wellPosed(NONE): its equation may have no solution, or several.",
                    describe(),
                    layerIndex);
        }
        EquilibriumLayer layer = new EquilibriumLayer(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return ImplicitParamInitializer.getInstance();
    }

    @Override
    public IUpdater getUpdaterByParam(String paramName) {
        IUpdater own = settingsOf(paramName).updater();
        return own == null ? super.getUpdaterByParam(paramName) : own;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String paramName) {
        List<Regularization> own = settingsOf(paramName).regularization();
        return own == null ? super.getRegularizationByParam(paramName) : own;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return MemoryEstimate.of(this, inputType);
    }

    @Override
    public ImplicitLayer clone() {
        ImplicitLayer clone = (ImplicitLayer) super.clone();
        clone.parameterSettings = new HashMap<>(parameterSettings);
        return clone;
    }

    /**
     * The activation map φ.
     *
     * @throws IllegalArgumentException if the activation of the layer is no map that can be iterated
     */
    Activation phi() {
        return Activations.of(activationFn);
    }

    /**
     * The rule (1) of a layer with this configuration and the given parameters, which are copied. A is what the layer at
     * run time makes of them: within the norm ball, or of the parameters of its form.
     *
     * @param parameters all by their names, as {@code paramTable()} of the layer at run time has them
     */
    public ImplicitModel model(Map<String, INDArray> parameters) {
        return new Weights(StateMatrix.of(this).matrix(parameters), parameters).model(phi());
    }

    /** What messages call the layer. */
    String describe() {
        return "ImplicitLayer " + (layerName == null ? "(name not set)" : "'" + layerName + "'");
    }

    ParameterSettings settingsOf(String parameter) {
        return parameterSettings.getOrDefault(parameter, ParameterSettings.NONE);
    }

    /** Also the size of the state, if that is what the layer puts out. */
    @Override
    public void setNOut(long nOut) {
        this.nOut = nOut;
        if (stateOutput) {
            stateSize = nOut;
        }
    }

    /** The number n of states. */
    public long getStateSize() {
        return stateSize;
    }

    public void setStateSize(long stateSize) {
        this.stateSize = stateSize;
    }

    /** Whether there are biases b and d. */
    public boolean hasBias() {
        return hasBias;
    }

    public boolean isHasBias() {
        return hasBias;
    }

    public void setHasBias(boolean hasBias) {
        this.hasBias = hasBias;
    }

    /** Whether there is a term Du in the output. */
    public boolean isDirectTerm() {
        return directTerm;
    }

    public void setDirectTerm(boolean directTerm) {
        this.directTerm = directTerm;
    }

    /** Whether the output is the state x itself. */
    public boolean isStateOutput() {
        return stateOutput;
    }

    public void setStateOutput(boolean stateOutput) {
        this.stateOutput = stateOutput;
    }

    /** How the equation is kept well-posed. */
    public WellPosed getWellPosed() {
        return wellPosed;
    }

    public void setWellPosed(WellPosed wellPosed) {
        this.wellPosed = wellPosed;
    }

    /** The bound κ of what is kept well-posed. */
    public double getKappa() {
        return kappa;
    }

    public void setKappa(double kappa) {
        this.kappa = kappa;
    }

    public SolverSettings getSolver() {
        return solver;
    }

    public void setSolver(SolverSettings solver) {
        this.solver = solver;
    }

    public GradientSettings getGradient() {
        return gradient;
    }

    public void setGradient(GradientSettings gradient) {
        this.gradient = gradient;
    }

    /** What happens in training if a state is not found. */
    public FailureAction getTrainingFailure() {
        return trainingFailure;
    }

    public void setTrainingFailure(FailureAction trainingFailure) {
        this.trainingFailure = trainingFailure;
    }

    /** What happens in inference if a state is not found. */
    public FailureAction getInferenceFailure() {
        return inferenceFailure;
    }

    public void setInferenceFailure(FailureAction inferenceFailure) {
        this.inferenceFailure = inferenceFailure;
    }

    /** What single parameters have of their own, by name. */
    public Map<String, ParameterSettings> getParameterSettings() {
        return parameterSettings;
    }

    public void setParameterSettings(Map<String, ParameterSettings> parameterSettings) {
        this.parameterSettings = parameterSettings == null ? new HashMap<>() : new HashMap<>(parameterSettings);
    }

    private List<Object> own() {
        return Arrays.asList(
                stateSize,
                hasBias,
                directTerm,
                stateOutput,
                wellPosed,
                kappa,
                solver,
                gradient,
                trainingFailure,
                inferenceFailure,
                parameterSettings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImplicitLayer that && super.equals(that) && own().equals(that.own());
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof ImplicitLayer;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), own());
    }

    @Override
    public String toString() {
        return "ImplicitLayer(" + nIn + " -> " + nOut + ", " + stateSize + " states, activation=" + activationFn
                + ", wellPosed=" + wellPosed + (wellPosed.takesKappa() ? ", kappa=" + kappa : "")
                + (stateOutput ? ", stateOutput" : directTerm ? "" : ", no direct term") + (hasBias ? "" : ", no bias")
                + ", solver=" + solver + ", gradient=" + gradient
                + (layerName == null ? "" : ", name=" + layerName) + ")";
    }

    /** Builds an {@link ImplicitLayer}; what is not said takes the default that each method names. */
    @SuppressWarnings("unchecked")
    public static final class Builder extends ImplicitLayerOptions {

        /**
         * The layer.
         *
         * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if an option has no such value, or does not
         *     belong to the chosen method
         */
        @Override
        public ImplicitLayer build() {
            return new ImplicitLayer(this);
        }
    }
}
