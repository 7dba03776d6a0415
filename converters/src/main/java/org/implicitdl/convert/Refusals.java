package org.implicitdl.convert;

import java.util.Map;
import java.util.Optional;

/** Why some of DL4J's layers and vertices have no form x = φ(Ax + Bu), and what to use instead. */
final class Refusals {
    private static final String ATTENTION =
            "attention multiplies features with weights that are a softmax of products of features, which no layer φ(Wh + b)"
                    + " computes; use recurrent or convolutional layers";
    private static final String SAME_DIFF =
            "it computes what its own code says, which cannot be read from its configuration; add a translator of it with"
                    + " NetworkConverter.with(...)";
    private static final String CAPSULES =
            "capsules are routed by an iteration over products of features; use convolutional layers";
    private static final String NORM =
            "it divides by a norm of all features of a sample, which no activation of single features does; use batch"
                    + " normalization";
    private static final String BATCH =
            "it moves features between samples, but a model computes each sample alone; restructure the graph so that"
                    + " samples stay samples";

    private static final Map<String, String> LAYERS = Map.ofEntries(
            Map.entry("SelfAttentionLayer", ATTENTION),
            Map.entry("LearnedSelfAttentionLayer", ATTENTION),
            Map.entry("RecurrentAttentionLayer", ATTENTION),
            Map.entry("CapsuleLayer", CAPSULES),
            Map.entry("PrimaryCapsules", CAPSULES),
            Map.entry("CapsuleStrengthLayer", CAPSULES),
            Map.entry("SameDiffLayer", SAME_DIFF),
            Map.entry("SameDiffLambdaLayer", SAME_DIFF),
            Map.entry("SameDiffOutputLayer", SAME_DIFF),
            Map.entry(
                    "LocalResponseNormalization",
                    "it divides every feature by a power of a sum of squares of its neighbours; use batch normalization"),
            Map.entry("SpaceToBatchLayer", BATCH),
            Map.entry(
                    "MaskZeroLayer",
                    "it masks time steps by the values that they hold, so that which steps are computed depends on the"
                            + " data; take the layer out of the wrapper"),
            Map.entry(
                    "Yolo2OutputLayer",
                    "its boxes take exponentials of features, for which there is no activation map with a bound; convert"
                            + " the network without its last layer, by TransferLearning"),
            Map.entry(
                    "OCNNOutputLayer",
                    "its output is a score against a quantile r that training moves; convert the network without its last"
                            + " layer, by TransferLearning"));

    private static final Map<String, String> VERTICES = Map.of(
            "AttentionVertex", ATTENTION,
            "L2NormalizeVertex", NORM,
            "L2Vertex", "it is the distance of two features, the root of a sum of squares; use a product or a sum",
            "StackVertex", BATCH,
            "UnstackVertex", BATCH,
            "SameDiffVertex", SAME_DIFF,
            "SameDiffLambdaVertex", SAME_DIFF);

    private Refusals() {}

    /** Why layers of a type, or of a subclass of it, are refused; empty if nothing is known. */
    static Optional<String> layer(Class<?> type) {
        return find(LAYERS, type);
    }

    /** Why vertices of a type, or of a subclass of it, are refused; empty if nothing is known. */
    static Optional<String> vertex(Class<?> type) {
        return find(VERTICES, type);
    }

    private static Optional<String> find(Map<String, String> reasons, Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (reasons.containsKey(c.getSimpleName())) {
                return Optional.of(reasons.get(c.getSimpleName()));
            }
        }
        return Optional.empty();
    }
}
