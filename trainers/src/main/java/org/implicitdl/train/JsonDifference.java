package org.implicitdl.train;

import java.util.Optional;
import java.util.TreeSet;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The first place in which two JSON documents differ, in words. */
final class JsonDifference {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonDifference() {}

    /**
     * Where documents differ.
     *
     * @param here the one that is called so
     * @param there the one of the checkpoint
     */
    static Optional<String> between(String here, String there) {
        if (here.equals(there)) {
            return Optional.empty();
        }
        try {
            return between("", MAPPER.readTree(here), MAPPER.readTree(there));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was written as JSON is none: " + e.getMessage(), e);
        }
    }

    private static Optional<String> between(String path, JsonNode here, JsonNode there) {
        if (here.equals(there)) {
            return Optional.empty();
        }
        if (here.isObject() && there.isObject()) {
            return names(here, there).stream()
                    .flatMap(name ->
                            between(path + (path.isEmpty() ? "" : ".") + name, here.path(name), there.path(name))
                                    .stream())
                    .findFirst();
        }
        if (here.isArray() && there.isArray() && here.size() == there.size()) {
            for (int i = 0; i < here.size(); i++) {
                Optional<String> inside = between(path + "[" + i + "]", here.get(i), there.get(i));
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.of(path + " is " + text(there) + ", but here it is " + text(here));
    }

    private static TreeSet<String> names(JsonNode here, JsonNode there) {
        TreeSet<String> names = new TreeSet<>();
        here.fieldNames().forEachRemaining(names::add);
        there.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What a reader can take in: the number of entries stands for a long list. */
    private static String text(JsonNode node) {
        if (node.isMissingNode()) {
            return "not there";
        }
        return node.isArray() ? "a list of " + node.size() : node.toString();
    }
}
