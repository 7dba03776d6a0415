package org.implicitdl.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * The registry: a translator for each type of layer, vertex and preprocessor.
 *
 * @param layers by the layer's configuration class
 * @param vertices by the vertex's configuration class
 * @param preprocessors by the preprocessor's class
 */
record Translators(
        Map<Class<?>, LayerTranslator<?>> layers,
        Map<Class<?>, VertexTranslator<?>> vertices,
        Map<Class<?>, PreprocessorTranslator<?>> preprocessors) {

    static Translators standard() {
        return new Translators(
                index(
                        Stream.of(
                                        Stream.of(
                                                new DenseTranslator(),
                                                new ActivationTranslator(),
                                                new DropoutTranslator(),
                                                new ElementWiseMultiplicationTranslator(),
                                                new OutputTranslator(),
                                                new LossTranslator(),
                                                new PReluTranslator(),
                                                new ConvolutionTranslator<>(ConvolutionLayer.class),
                                                new ConvolutionTranslator<>(Convolution2D.class),
                                                new SubsamplingTranslator<>(SubsamplingLayer.class),
                                                new SubsamplingTranslator<>(Pooling2D.class),
                                                new GlobalPoolingTranslator(),
                                                new BatchNormalizationTranslator(),
                                                new ZeroPaddingTranslator(),
                                                new CroppingTranslator(),
                                                new UpsamplingTranslator(),
                                                new SpaceToDepthTranslator(),
                                                new EmbeddingTranslator(),
                                                new AutoEncoderTranslator(),
                                                new VariationalAutoencoderTranslator(),
                                                new CenterLossTranslator(),
                                                new DepthwiseConvolutionTranslator(),
                                                new SeparableConvolutionTranslator(),
                                                new DeconvolutionTranslator(),
                                                new LocallyConnectedTranslator(),
                                                new LocallyConnected1DTranslator(),
                                                new Convolution3DTranslator(),
                                                new Deconvolution3DTranslator(),
                                                new Subsampling3DTranslator(),
                                                new MaskTranslator(),
                                                new ImplicitLayerTranslator()),
                                        GridLossTranslators.all().stream(),
                                        recurrent(),
                                        VolumeTranslators.all().stream())
                                .flatMap(all -> all),
                        LayerTranslator::type),
                index(
                        Stream.of(
                                        Stream.of(
                                                new ElementWiseVertexTranslator(),
                                                new MergeVertexTranslator(),
                                                new SubsetVertexTranslator(),
                                                new ReshapeVertexTranslator()),
                                        SimpleVertices.all().stream(),
                                        SequenceVertices.all().stream())
                                .flatMap(all -> all),
                        VertexTranslator::type),
                index(Preprocessors.standard().stream(), PreprocessorTranslator::type));
    }

    /** The layers of sequences, with the deprecated ones that old files hold. */
    @SuppressWarnings("deprecation")
    private static Stream<LayerTranslator<?>> recurrent() {
        return Stream.concat(
                Stream.of(
                        new EmbeddingSequenceTranslator(),
                        new SimpleRnnTranslator(),
                        new LstmTranslator<>(LSTM.class),
                        new LstmTranslator<>(GravesLSTM.class),
                        new GravesBidirectionalLstmTranslator(),
                        new BidirectionalTranslator(),
                        new RnnOutputTranslator(),
                        new RnnLossTranslator(),
                        new Convolution1DTranslator<>(Convolution1DLayer.class),
                        new Convolution1DTranslator<>(Convolution1D.class),
                        new Subsampling1DTranslator<>(Subsampling1DLayer.class),
                        new Subsampling1DTranslator<>(Pooling1D.class)),
                SequenceTranslators.all().stream());
    }

    private static <T> Map<Class<?>, T> index(Stream<? extends T> translators, Function<T, Class<?>> type) {
        return translators.collect(Collectors.toUnmodifiableMap(type, translator -> translator));
    }

    Translators with(LayerTranslator<?> translator) {
        return new Translators(put(layers, translator.type(), translator), vertices, preprocessors);
    }

    Translators with(VertexTranslator<?> translator) {
        return new Translators(layers, put(vertices, translator.type(), translator), preprocessors);
    }

    Translators with(PreprocessorTranslator<?> translator) {
        return new Translators(layers, vertices, put(preprocessors, translator.type(), translator));
    }

    private static <T> Map<Class<?>, T> put(Map<Class<?>, T> old, Class<?> type, T translator) {
        Map<Class<?>, T> more = new HashMap<>(old);
        more.put(type, translator);
        return Map.copyOf(more);
    }

    /** The names of the types that have a translator, in alphabetical order. */
    static List<String> names(Map<Class<?>, ?> translators) {
        return translators.keySet().stream().map(Class::getSimpleName).sorted().toList();
    }
}
