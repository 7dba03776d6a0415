package org.implicitdl.train.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings of a method in words, each by its name, so that it can be said in which of them two methods differ. */
public final class NamedSettings {
    private final String method;
    private final Map<String, String> values;

    private NamedSettings(String method, Map<String, String> values) {
        this.method = method;
        this.values = values;
    }

    /** Those of a method that is called so, none yet. */
    public static NamedSettings of(String method) {
        return new NamedSettings(Objects.requireNonNull(method, "method"), Map.of());
    }

    /** The same with one more, whose value is told by its text. */
    public NamedSettings with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(Objects.requireNonNull(name, "name"), String.valueOf(value));
        return new NamedSettings(method, more);
    }

    /** The same with one more if it has a value. */
    public NamedSettings with(String name, Optional<?> value) {
        return value.map(present -> with(name, (Object) present)).orElse(this);
    }

    /** Writes them all. */
    public void write(StateWriter writer) {
        writer.text(method);
        writer.count(values.size());
        values.forEach((name, value) -> {
            writer.text(name);
            writer.text(value);
        });
    }

    /** What {@link #write} wrote. */
    public static NamedSettings read(StateReader reader) {
        NamedSettings settings = of(reader.text());
        int count = reader.count();
        for (int i = 0; i < count; i++) {
            settings = settings.with(reader.text(), reader.text());
        }
        return settings;
    }

    /** In what others are different, such as "ridge is 0.1, but here it is 0.2"; empty if they are the same. */
    public Optional<String> difference(NamedSettings there) {
        if (!method.equals(there.method)) {
            return Optional.of(differs("method", there.method, method));
        }
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(there.values.keySet());
        String all = names.stream()
                .filter(name -> !Objects.equals(values.get(name), there.values.get(name)))
                .map(name -> differs(name, there.text(name), text(name)))
                .collect(Collectors.joining(", and "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private String text(String name) {
        return values.getOrDefault(name, "not there");
    }

    private static String differs(String what, String there, String here) {
        return what + " is " + there + ", but here it is " + here;
    }
}
