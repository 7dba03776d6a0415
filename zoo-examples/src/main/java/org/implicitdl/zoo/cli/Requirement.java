package org.implicitdl.zoo.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the numbers of a command must be; what they are not is wrong usage, and the option is named. */
record Requirement(CommandLine line) {

    void atLeastOne(String option, int value) {
        require(value >= 1, option, "at least 1", value);
    }

    void positive(String option, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, option, "positive", value);
    }

    void notNegative(String option, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, option, "at least 0", value);
    }

    void betweenZeroAndOne(String option, double value) {
        require(value > 0 && value < 1, option, "above 0 and below 1", value);
    }

    void port(String option, int value) {
        require(value >= 0 && value <= 0xFFFF, option, "between 0 (any free port) and 65535", value);
    }

    /** What --low and --high must be, which may be infinite. */
    void interval(double low, double high) {
        require(!Double.isNaN(low), "--low", "a number", low);
        require(!Double.isNaN(high), "--high", "a number", high);
        if (low > high) {
            throw new ParameterException(line, "--low must not be above --high, but they are " + low + " and " + high);
        }
    }

    private void require(boolean condition, String option, String expected, Number value) {
        if (!condition) {
            throw new ParameterException(
                    line, "The number for " + option + " must be " + expected + ", but is " + value);
        }
    }
}
