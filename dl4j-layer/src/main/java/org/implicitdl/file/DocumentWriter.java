package org.implicitdl.file;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.implicitdl.kernel.Windows;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.SparseOperator;

/** Models on their way to a document: every part once, however many others share it. */
final class DocumentWriter {
    private final ArrayWriter arrays = new ArrayWriter();
    private final Shared<WindowForm> windows = new Shared<>();
    private final Shared<SparseForm> sparse = new Shared<>();
    private final Shared<OperatorForm> operators = new Shared<>();

    /** Forms by the object that they are of. */
    private static final class Shared<F> {
        private final Map<Object, Integer> numbers = new IdentityHashMap<>();
        private final List<F> forms = new ArrayList<>();

        int number(Object part, Supplier<F> form) {
            Integer known = numbers.get(part);
            if (known == null) {
                // What the part is made of comes first.
                F own = form.get();
                known = forms.size();
                forms.add(own);
                numbers.put(part, known);
            }
            return known;
        }
    }

    /** The document of what a file is to hold. */
    Document document(FileContent content) {
        Map<String, ModelForm> models = new LinkedHashMap<>();
        content.models().forEach((name, model) -> models.put(name, ModelForm.of(model, this)));
        return new Document(
                Document.FORMAT,
                Document.VERSION,
                content.kind(),
                arrays.table(),
                windows.forms,
                sparse.forms,
                operators.forms,
                models,
                content.description());
    }

    ArrayWriter arrays() {
        return arrays;
    }

    int windows(Windows part) {
        return windows.number(part, () -> WindowForm.of(part));
    }

    int sparse(SparseOperator part) {
        return sparse.number(part.pattern(), () -> SparseForm.of(part, arrays));
    }

    int operator(LinearOperator part) {
        return operators.number(part, () -> OperatorForm.of(part, this));
    }

    static int[] sizes(Partition partition) {
        return IntStream.range(0, partition.count()).map(partition::size).toArray();
    }
}
