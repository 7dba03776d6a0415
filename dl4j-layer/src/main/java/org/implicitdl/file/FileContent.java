package org.implicitdl.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.implicitdl.model.ImplicitModel;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What a file holds.
 *
 * @param kind what the models are for, such as "network"; a reader asks for the kind that it understands
 * @param models the models by name, which may share operators and arrays
 * @param description what else is to be known of them
 */
public record FileContent(String kind, Map<String, ImplicitModel> models, JsonNode description) {

    /** Copies the map, in its order. */
    public FileContent {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }
}
