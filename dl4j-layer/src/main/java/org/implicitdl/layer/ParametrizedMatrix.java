package org.implicitdl.layer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.MonotoneParametrization;
import org.implicitdl.wellposed.Parametrization;
import org.implicitdl.wellposed.ScaledRowParametrization;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A matrix A that is well-posed whatever its parameters are, so that nothing has to be restored.
 *
 * @param parametrization how A is made of them
 * @param names the keys of the parameters, in the order in which it takes them
 */
record ParametrizedMatrix(Parametrization parametrization, List<String> names) implements StateMatrix {

    static ParametrizedMatrix of(ImplicitLayer layer) {
        double lipschitz = layer.phi().lipschitz();
        double kappa = layer.getKappa();
        return of(
                layer.getWellPosed() == WellPosed.MONOTONE
                        ? new MonotoneParametrization(1 - kappa, lipschitz)
                        : new ScaledRowParametrization(kappa / lipschitz));
    }

    private static ParametrizedMatrix of(Parametrization parametrization) {
        return new ParametrizedMatrix(
                parametrization,
                parametrization.parameters(1).stream()
                        .map(Parametrization.Parameter::name)
                        .toList());
    }

    private List<INDArray> chosen(Map<String, INDArray> parameters) {
        return names.stream().map(parameters::get).toList();
    }

    @Override
    public void makeInitial(Map<String, INDArray> parameters) {
        // Whatever was drawn will do.
    }

    @Override
    public INDArray matrix(Map<String, INDArray> parameters) {
        return parametrization.matrix(chosen(parameters));
    }

    @Override
    public void pullback(Map<String, INDArray> parameters, INDArray gradient, Map<String, INDArray> gradients) {
        List<INDArray> pulled = parametrization.pullback(chosen(parameters), gradient);
        for (int i = 0; i < names.size(); i++) {
            gradients.get(names.get(i)).assign(pulled.get(i));
        }
    }

    @Override
    public void restore(Map<String, INDArray> parameters) {
        names.forEach(name -> NonFiniteException.check("parameter " + name, parameters.get(name)));
    }

    @Override
    public Optional<Certificate> certificate(Weights weights, Activation phi) {
        return parametrization
                .test(chosen(weights.parameters()), DenseOperator.viewOf(weights.a()), phi)
                .certificate();
    }
}
