package org.implicitdl.zoo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.implicitdl.convert.UnknownInputException;
import org.implicitdl.zoo.report.Printable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs the commands: exit code 0 for success, 1 for failure, 2 for wrong usage, and one line for each error.
 *
 * <p>{@code --verbose} adds the stack trace, and what ND4J and DL4J log.
 */
public final class CommandLineRunner {
    private static final String VERBOSE = "--verbose";
    private static final Pattern EXCLUSIVE = Pattern.compile("--[a-z-]+");

    private CommandLineRunner() {}

    /** Runs the command that the arguments name, with the console for its output; returns the exit code. */
    public static int run(String... args) {
        Logging.configure(List.of(args).contains(VERBOSE));
        AtomicBoolean finished = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!finished.get()) {
                System.err.println(System.lineSeparator() + "implicit: interrupted; no unfinished file is left.");
            }
        }));
        try {
            return create().execute(args);
        } finally {
            finished.set(true);
        }
    }

    /** The command line, ready to execute or to be asked for its options. */
    public static CommandLine create() {
        return new CommandLine(new ImplicitCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(28)
                .setExecutionStrategy(CommandLineRunner::run)
                .setParameterExceptionHandler(CommandLineRunner::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, command));
    }

    /** Errors would end in a stack trace, but that the memory is used up is what large sizes come to. */
    private static int run(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            throw new ExecutionException(
                    parsed.commandSpec().commandLine(),
                    "There is not enough memory (" + e.getMessage() + "); take smaller sizes, or give more by"
                            + " IMPLICIT_JAVA_OPTS=-Xmx8g.",
                    e);
        }
    }

    private static int wrongUsage(ParameterException mistake, String[] args) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        StringBuilder line = new StringBuilder(oneLine(message(mistake)));
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            line.append("; did you mean '")
                    .append(unmatched.getSuggestions().get(0).trim())
                    .append("'?");
        }
        if (!line.toString().endsWith(".") && !line.toString().endsWith("?")) {
            line.append('.');
        }
        command.getErr().println(name + ": " + line + " See '" + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException mistake) {
        // Picocli's own begins with "Error: " and speaks of the placeholders too.
        return mistake instanceof MutuallyExclusiveArgsException
                ? EXCLUSIVE
                                .matcher(mistake.getMessage())
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.joining(" and "))
                        + " exclude each other; give one of them"
                : mistake.getMessage();
    }

    private static int failure(Throwable failure, CommandLine command) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + oneLine(message(failure)));
        if (command.getParseResult().expandedArgs().contains(VERBOSE)) {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String message(Throwable failure) {
        if (failure instanceof UnknownInputException unknown) {
            return unknown.statement() + "; say it with --input-type: " + InputTypeParser.FORMS + ".";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String oneLine(String message) {
        return Printable.of(message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
