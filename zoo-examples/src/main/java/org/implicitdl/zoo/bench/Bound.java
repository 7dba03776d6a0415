package org.implicitdl.zoo.bench;

/**
 * What is asked of a number.
 *
 * @param kind from which side the number is bounded
 * @param value the bound
 */
public record Bound(Kind kind, double value) {

    /** From which side a number is bounded. */
    public enum Kind {
        NONE(""),
        AT_MOST("≤ "),
        AT_LEAST("≥ ");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /** Nothing is asked. */
    public static Bound none() {
        return new Bound(Kind.NONE, 0);
    }

    /** The number may not be larger. */
    public static Bound atMost(double value) {
        return new Bound(Kind.AT_MOST, value);
    }

    /** The number may not be smaller. */
    public static Bound atLeast(double value) {
        return new Bound(Kind.AT_LEAST, value);
    }

    /** "met" or "missed", NaN always the latter; empty if nothing is asked. */
    String verdict(double found) {
        boolean met = switch (kind) {
            case NONE -> true;
            case AT_MOST -> found <= value;
            case AT_LEAST -> found >= value;
        };
        return kind == Kind.NONE ? "" : met ? "met" : "missed";
    }

    @Override
    public String toString() {
        return kind == Kind.NONE ? "" : kind.sign + Row.number(value);
    }
}
