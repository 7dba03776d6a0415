package org.implicitdl.zoo.report;

import java.math.BigDecimal;

/** Numbers as text. */
public final class Decimal {
    private Decimal() {}

    /** As few digits as tell the number, without an exponent, such as "0.0003" or "20"; the name of what is no number. */
    public static String of(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
