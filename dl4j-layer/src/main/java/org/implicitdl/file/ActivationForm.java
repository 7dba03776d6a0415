package org.implicitdl.file;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.ActivationBlocks;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.AxisSoftmax;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.activation.Nd4jActivation;
import org.implicitdl.activation.NormPooling;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonSubTypes.Type;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** An activation map; those that DL4J has are written as its configurations are. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @Type(value = ActivationForm.Blocks.class, name = "blocks"),
    @Type(value = ActivationForm.Max.class, name = "maxPooling"),
    @Type(value = ActivationForm.Norm.class, name = "normPooling"),
    @Type(value = ActivationForm.Product.class, name = "product"),
    @Type(value = ActivationForm.Softmax.class, name = "axisSoftmax"),
    @Type(value = ActivationForm.Diagonal.class, name = "diagonal"),
    @Type(value = ActivationForm.Arctangent.class, name = "arctangent"),
    @Type(value = ActivationForm.Known.class, name = "known"),
    @Type(value = ActivationForm.Other.class, name = "other")
})
sealed interface ActivationForm {

    /** The map, over the arrays and windows that were read before. */
    Activation toActivation(DocumentReader parts);

    /** @throws IllegalArgumentException if the map, or a block of it, cannot be stored */
    static ActivationForm of(Activation phi, DocumentWriter parts) {
        if (phi instanceof BlockActivation blocks) {
            return new Blocks(
                    DocumentWriter.sizes(blocks.partition()),
                    IntStream.range(0, blocks.partition().count())
                            .mapToObj(i -> of(blocks.block(i), parts))
                            .toList());
        }
        if (phi instanceof MaxPooling pooling) {
            return new Max(pooling.channels(), parts.windows(pooling.windows()));
        }
        if (phi instanceof NormPooling pooling) {
            return new Norm(pooling.channels(), parts.windows(pooling.windows()), pooling.p());
        }
        if (phi instanceof ProductActivation product) {
            return new Product(product.kept());
        }
        if (phi instanceof AxisSoftmax softmax) {
            return new Softmax(softmax.outer(), softmax.count(), softmax.inner());
        }
        if (phi instanceof DiagonalActivation diagonal) {
            return new Diagonal(parts.arrays().add(diagonal.derivatives()), diagonal.lipschitz());
        }
        return ofFunction(phi);
    }

    private static ActivationForm ofFunction(Activation phi) {
        if (phi.equals(Activations.arctan())) {
            return new Arctangent();
        }
        if (phi instanceof Nd4jActivation other) {
            return new Other(Json.storable(other.function()));
        }
        Known form;
        try {
            form = new Known(ActivationBlocks.of(phi));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The activation " + phi + " of " + phi.getClass() + " cannot be stored, because it is neither"
                            + " a map of this library nor an activation of Deeplearning4j; write it as an IActivation"
                            + " and take Activations.of it.",
                    e);
        }
        Json.storable(form.function());
        return form;
    }

    record Blocks(int[] sizes, List<ActivationForm> activations) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return BlockActivation.of(
                    Partition.of(sizes),
                    activations.stream().map(form -> form.toActivation(parts)).toList());
        }
    }

    record Max(int channels, int windows) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return new MaxPooling(channels, parts.windows(windows));
        }
    }

    record Norm(int channels, int windows, double p) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return new NormPooling(channels, parts.windows(windows), p);
        }
    }

    record Product(int kept) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return new ProductActivation(kept);
        }
    }

    record Softmax(int outer, int count, int inner) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return new AxisSoftmax(outer, count, inner);
        }
    }

    record Diagonal(ArrayForm derivatives, double lipschitz) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return DiagonalActivation.viewOf(parts.arrays().array(derivatives), lipschitz);
        }
    }

    record Arctangent() implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return Activations.arctan();
        }
    }

    /** A map that {@link Activations#of(IActivation)} knows more about than its values. */
    record Known(IActivation function) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return Activations.of(function);
        }
    }

    record Other(IActivation function) implements ActivationForm {
        @Override
        public Activation toActivation(DocumentReader parts) {
            return Nd4jActivation.of(function);
        }
    }
}
