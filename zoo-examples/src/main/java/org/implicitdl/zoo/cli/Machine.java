package org.implicitdl.zoo.cli;

/** What a summary says about the machine. */
final class Machine {
    private Machine() {}

    static String description() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java "
                + Runtime.version().feature();
    }
}
