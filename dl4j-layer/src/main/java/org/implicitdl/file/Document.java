package org.implicitdl.file;

import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What {@code model.json} says. Parts that may be shared stand in lists, each after the parts that it is made of, and are
 * told by their number in the list.
 *
 * @param format {@link #FORMAT}
 * @param version {@link #VERSION}, raised when an older reader would misread what is written; since 2, networks tell for which
 *     inputs they hold
 * @param kind what the models are for
 * @param arrays the arrays of {@code weights.bin}, in their order
 * @param windows the windows of convolutions and poolings
 * @param sparse the sparse matrices
 * @param operators the operators
 * @param models the models by name
 * @param description what else is to be known of them
 */
record Document(
        String format,
        int version,
        String kind,
        List<StoredArray> arrays,
        List<WindowForm> windows,
        List<SparseForm> sparse,
        List<OperatorForm> operators,
        Map<String, ModelForm> models,
        JsonNode description) {
    static final String FORMAT = "implicit model";
    static final int VERSION = 2;
}
