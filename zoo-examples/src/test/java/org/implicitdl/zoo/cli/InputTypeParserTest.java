package org.implicitdl.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class InputTypeParserTest {

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("784", InputType.feedForward(784)),
                Arguments.of("28x20x3", InputType.convolutional(28, 20, 3, CNN2DFormat.NCHW)),
                Arguments.of("28x20x3:nchw", InputType.convolutional(28, 20, 3, CNN2DFormat.NCHW)),
                Arguments.of("28X20x3:NHWC", InputType.convolutional(28, 20, 3, CNN2DFormat.NHWC)),
                Arguments.of("8x28x20x3", InputType.convolutional3D(DataFormat.NCDHW, 8, 28, 20, 3)),
                Arguments.of("8x28x20x3:ncdhw", InputType.convolutional3D(DataFormat.NCDHW, 8, 28, 20, 3)),
                Arguments.of("8x28x20x3:ndhwc", InputType.convolutional3D(DataFormat.NDHWC, 8, 28, 20, 3)),
                Arguments.of("16@50", InputType.recurrent(16, 50, RNNFormat.NCW)),
                Arguments.of("16@50:nwc", InputType.recurrent(16, 50, RNNFormat.NWC)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void everyFormIsTheTypeThatTheHelpSays(String text, InputType type) {
        assertThat(new InputTypeParser().convert(text)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "28x",
                "28x28",
                "1x2x3x4x5",
                "0",
                "3@0",
                "1x0x3",
                "3@5:nhwc",
                "4x4x1:nwc",
                "1x2x3x4:nhwc",
                "-3"
            })
    void othersAreRefusedAsTheyWereWritten(String text) {
        assertThatThrownBy(() -> new InputTypeParser().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
