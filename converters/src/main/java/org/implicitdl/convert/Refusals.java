package org.implicitdl.convert;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaVertex;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffOutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;

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

    private static final Map<Class<?>, String> LAYERS = Map.ofEntries(
            Map.entry(SelfAttentionLayer.class, ATTENTION),
            Map.entry(LearnedSelfAttentionLayer.class, ATTENTION),
            Map.entry(RecurrentAttentionLayer.class, ATTENTION),
            Map.entry(CapsuleLayer.class, CAPSULES),
            Map.entry(PrimaryCapsules.class, CAPSULES),
            Map.entry(CapsuleStrengthLayer.class, CAPSULES),
            Map.entry(SameDiffLayer.class, SAME_DIFF),
            Map.entry(SameDiffLambdaLayer.class, SAME_DIFF),
            Map.entry(SameDiffOutputLayer.class, SAME_DIFF),
            Map.entry(
                    LocalResponseNormalization.class,
                    "it divides every feature by a power of a sum of squares of its neighbours; use batch normalization"),
            Map.entry(SpaceToBatchLayer.class, BATCH),
            Map.entry(
                    MaskZeroLayer.class,
                    "it masks time steps by the values that they hold, so that which steps are computed depends on the"
                            + " data; take the layer out of the wrapper"),
            Map.entry(
                    Yolo2OutputLayer.class,
                    "its boxes take exponentials of features, for which there is no activation map with a bound; convert"
                            + " the network without its last layer, by TransferLearning"),
            Map.entry(
                    OCNNOutputLayer.class,
                    "its output is a score against a quantile r that training moves; convert the network without its last"
                            + " layer, by TransferLearning"));

    private static final Map<Class<?>, String> VERTICES = Map.of(
            AttentionVertex.class, ATTENTION,
            L2NormalizeVertex.class, NORM,
            L2Vertex.class, "it is the distance of two features, the root of a sum of squares; use a product or a sum",
            StackVertex.class, BATCH,
            UnstackVertex.class, BATCH,
            SameDiffVertex.class, SAME_DIFF,
            SameDiffLambdaVertex.class, SAME_DIFF);

    private Refusals() {}

    /** Why layers of a type, or of a subclass of it, are refused; empty if nothing is known. */
    static Optional<String> layer(Class<?> type) {
        return find(LAYERS, type);
    }

    /** Why vertices of a type, or of a subclass of it, are refused; empty if nothing is known. */
    static Optional<String> vertex(Class<?> type) {
        return find(VERTICES, type);
    }

    private static Optional<String> find(Map<Class<?>, String> reasons, Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (reasons.containsKey(c)) {
                return Optional.of(reasons.get(c));
            }
        }
        return Optional.empty();
    }
}
