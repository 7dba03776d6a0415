package org.implicitdl.convert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/** Deep copies of DL4J's activations and losses, which are serializable but cannot be cloned. */
final class Copies {
    private Copies() {}

    /** @throws IllegalArgumentException if the object, or a field of it, cannot be serialized */
    static <T extends Serializable> T of(T object) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) object.getClass();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
            try (Reader in = new Reader(new ByteArrayInputStream(bytes.toByteArray()), type.getClassLoader())) {
                return type.cast(in.readObject());
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "The " + type.getName() + " cannot be copied, because something in it is not serializable: " + e,
                    e);
        }
    }

    /** Reads classes of the object's own loader, since a user's activation may live beside this library. */
    private static final class Reader extends ObjectInputStream {
        private final ClassLoader loader;

        Reader(InputStream bytes, ClassLoader loader) throws IOException {
            super(bytes);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
