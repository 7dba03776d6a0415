package org.implicitdl.file;

import java.io.IOException;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.shade.jackson.core.StreamReadFeature;
import org.nd4j.shade.jackson.core.StreamWriteFeature;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/** How documents are written. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            // An activation without parameters has no properties.
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // The streams are those of entries of a zip.
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    /**
     * An activation of DL4J that comes back from JSON as it is.
     *
     * @throws IllegalArgumentException if it does not
     */
    static IActivation storable(IActivation activation) {
        IActivation back;
        try {
            back = MAPPER.readValue(
                    MAPPER.writerFor(IActivation.class).writeValueAsString(activation), IActivation.class);
        } catch (IOException e) {
            throw unstorable(activation, e.getMessage(), e);
        }
        if (!activation.equals(back)) {
            throw unstorable(activation, "what is read is not equal to what was written", null);
        }
        return activation;
    }

    private static IllegalArgumentException unstorable(IActivation activation, String reason, Exception cause) {
        return new IllegalArgumentException(
                "The activation " + activation + " of " + activation.getClass() + " cannot be stored: "
                        + reason.lines().findFirst().orElse("")
                        + "; give it a constructor or setters for its properties, and"
                        + " equals, as configurations of Deeplearning4j need them.",
                cause);
    }
}
