package org.implicitdl.layer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.implicitdl.layer.ParameterLayout.Parameter;
import org.implicitdl.layer.ParameterLayout.Role;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tells DL4J the parameters of an {@link ImplicitLayer}, and makes their initial values, which are well-posed. */
public final class ImplicitParamInitializer implements ParamInitializer {
    private static final ImplicitParamInitializer INSTANCE = new ImplicitParamInitializer();

    private ImplicitParamInitializer() {}

    /** The only instance, which has no state. */
    public static ImplicitParamInitializer getInstance() {
        return INSTANCE;
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return layout(layer).length();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return layout(layer).names();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return layout(layer).names(Role.WEIGHT);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return layout(layer).names(Role.BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    /**
     * The parameters as views, by name.
     *
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the array has another length
     */
    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        ImplicitLayer layer = (ImplicitLayer) conf.getLayer();
        Map<String, INDArray> parameters =
                Collections.synchronizedMap(layout(layer).views(paramsView, layer.describe()));
        parameters.keySet().forEach(conf::addVariable);
        if (initializeParams) {
            layout(layer).parameters().forEach(parameter -> draw(layer, parameter, parameters.get(parameter.name())));
            StateMatrix.of(layer).makeInitial(parameters);
        }
        return parameters;
    }

    private static void draw(ImplicitLayer layer, Parameter parameter, INDArray view) {
        if (parameter.role() == Role.WEIGHT) {
            IWeightInit own = layer.settingsOf(parameter.name()).weightInit();
            IWeightInit init = own == null ? layer.getWeightInitFn() : own;
            init.init(parameter.shape()[1], parameter.shape()[0], parameter.shape(), 'f', view.reshape('f', new long[] {
                view.length()
            }));
        } else {
            view.assign(parameter.role() == Role.BIAS ? layer.getBiasInit() : 0);
        }
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        ImplicitLayer layer = (ImplicitLayer) conf.getLayer();
        return layout(layer).views(gradientView, layer.describe());
    }

    private static ParameterLayout layout(Layer layer) {
        return ParameterLayout.of((ImplicitLayer) layer);
    }
}
