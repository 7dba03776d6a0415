package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationPReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.factory.Nd4j;

/** The mapping from DL4J's activations; that the maps are the same ones is tested in ArrayActivationTest. */
class ActivationsTest {

    @Test
    void namedActivationsOfTheTableBecomeFenchelActivations() {
        assertThat(Activations.of(Activation.RELU)).isEqualTo(Activations.relu());
        assertThat(Activations.of(Activation.LEAKYRELU)).isEqualTo(Activations.leakyRelu(0.01));
        assertThat(Activations.of(Activation.TANH)).isEqualTo(Activations.tanh());
        assertThat(Activations.of(Activation.SIGMOID)).isEqualTo(Activations.sigmoid());
        assertThat(Activations.of(Activation.ELU)).isEqualTo(Activations.elu(1));
        assertThat(Activations.of(Activation.HARDTANH)).isEqualTo(Activations.hardTanh());
        assertThat(Activations.of(Activation.SOFTSIGN)).isEqualTo(Activations.softsign());
        assertThat(Activations.of(Activation.SOFTPLUS)).isEqualTo(Activations.softplus());
        assertThat(Activations.of(Activation.IDENTITY)).isEqualTo(Activations.identity());
        assertThat(Activations.of(Activation.SOFTMAX)).isEqualTo(new Softmax());
    }

    @ParameterizedTest
    @EnumSource(value = Activation.class, mode = EnumSource.Mode.EXCLUDE, names = "RRELU")
    void everyNamedActivationButRandomReluHasAMap(Activation named) {
        assertThat(Activations.of(named)).isEqualTo(Activations.of(named.getActivationFunction()));
    }

    @Test
    void parametersAreTakenOver() {
        assertThat(Activations.of(new ActivationLReLU(0.2))).isEqualTo(Activations.leakyRelu(0.2));
        assertThat(Activations.of(new ActivationELU(0.7))).isEqualTo(Activations.elu(0.7));
        assertThat(Activations.of(new ActivationReLU(null, null, 0.2))).isEqualTo(Activations.leakyRelu(0.2));
        assertThat(Activations.of(new ActivationReLU(null, 0.0, null))).isEqualTo(Activations.relu());
    }

    @Test
    void parametersBeyondTheTableKeepTheMapOfNd4j() {
        for (IActivation activation : new IActivation[] {
            new ActivationLReLU(1.5),
            new ActivationLReLU(-0.5),
            new ActivationELU(-1),
            new ActivationReLU(6.0, null, null),
            new ActivationReLU(null, 1.0, 0.1)
        }) {
            assertThat(Activations.of(activation)).isEqualTo(Nd4jActivation.of(activation));
        }
    }

    @Test
    void subclassesAreNotTakenForWhatTheyExtend() {
        IActivation shifted = new ShiftedTanh();
        assertThat(Activations.of(shifted)).isEqualTo(Nd4jActivation.of(shifted));
        assertThat(Activations.of(shifted).isComponentwise()).isFalse();
    }

    private static final class ShiftedTanh extends ActivationTanH {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other instanceof ShiftedTanh;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void randomAndParameterizedActivationsAreRefused() {
        assertThatThrownBy(() -> Activations.of(new ActivationRReLU()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("random slopes")
                .hasMessageContaining("use leaky ReLU");
        assertThatThrownBy(() -> Activations.of(new ActivationPReLU(Nd4j.ones(1, 3), null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has parameters")
                .hasMessageContaining("use leaky ReLU");
    }

    @Test
    void nothingIsRefusedClearly() {
        assertThatThrownBy(() -> Activations.of((IActivation) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("activation is null");
        assertThatThrownBy(() -> Activations.of((Activation) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("activation is null");
    }
}
