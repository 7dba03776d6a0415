package org.implicitdl.convert;

import java.util.function.Supplier;

/** A value that is made when it is first asked for. Threads that ask at the same time may each make it. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> source;
    private volatile T value;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = source.get();
            value = known;
        }
        return known;
    }
}
