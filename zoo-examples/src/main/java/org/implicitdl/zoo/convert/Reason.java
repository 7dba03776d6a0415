package org.implicitdl.zoo.convert;

import java.io.EOFException;

/** Why a file could not be read, for a user: without the names of classes that libraries put before their messages. */
final class Reason {
    private static final String CLASS_NAMES = "^((\\w+\\.)*\\w+(Exception|Error)(: |$))+";

    private Reason() {}

    /** The first line of what the innermost exception says that says anything. */
    static String of(Throwable failure) {
        String reason = "";
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof EOFException) {
                return "it ends too early";
            }
            String said = String.valueOf(link.getMessage())
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
            String words = said.replaceFirst(CLASS_NAMES, "");
            if (!words.isBlank() && !said.equals("null")) {
                reason = words;
            }
        }
        return reason.isEmpty() ? "its content is not what it should be" : reason;
    }
}
