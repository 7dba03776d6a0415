package org.implicitdl.zoo.cli;

import picocli.CommandLine.Command;

@Command(name = "synthetic", mixinStandardHelpOptions = true)
final class SyntheticCommand implements Runnable {
    @Override
    public void run() {}
}
