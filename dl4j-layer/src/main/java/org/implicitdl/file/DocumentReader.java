package org.implicitdl.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.SparseOperator;

/** Models being made of a document and its arrays: every part once, so that those who shared it share it again. */
final class DocumentReader {
    private final ArrayReader arrays;
    private final List<Windows> windows;
    private final List<SparseOperator> sparse;
    private final List<LinearOperator> operators = new ArrayList<>();

    private DocumentReader(Document document, ArrayReader arrays) {
        this.arrays = arrays;
        this.windows = document.windows().stream().map(WindowForm::toWindows).toList();
        this.sparse =
                document.sparse().stream().map(form -> form.toOperator(arrays)).toList();
        document.operators().forEach(form -> operators.add(form.toOperator(this)));
    }

    /** What the file holds. */
    static FileContent read(Document document, ArrayReader arrays) {
        DocumentReader parts = new DocumentReader(document, arrays);
        Map<String, ImplicitModel> models = new LinkedHashMap<>();
        document.models().forEach((name, form) -> models.put(name, form.toModel(parts)));
        return new FileContent(document.kind(), models, document.description());
    }

    ArrayReader arrays() {
        return arrays;
    }

    Windows windows(int number) {
        return windows.get(number);
    }

    SparseOperator sparse(int number) {
        return sparse.get(number);
    }

    LinearOperator operator(int number) {
        return operators.get(number);
    }
}
