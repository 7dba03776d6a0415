package org.implicitdl.activation;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions to 150 digits: the slow reference that saturated and tiny arguments are checked against. */
final class Precise {
    static final MathContext DIGITS = new MathContext(150);
    static final BigDecimal ONE = BigDecimal.ONE;
    static final BigDecimal TWO = BigDecimal.valueOf(2);

    private Precise() {}

    static BigDecimal of(double value) {
        return new BigDecimal(value);
    }

    static BigDecimal plus(BigDecimal a, BigDecimal b) {
        return a.add(b, DIGITS);
    }

    static BigDecimal minus(BigDecimal a, BigDecimal b) {
        return a.subtract(b, DIGITS);
    }

    static BigDecimal times(BigDecimal a, BigDecimal b) {
        return a.multiply(b, DIGITS);
    }

    static BigDecimal over(BigDecimal a, BigDecimal b) {
        return a.divide(b, DIGITS);
    }

    /** By the power series of x/2¹⁶ and repeated squaring. */
    static BigDecimal exp(BigDecimal x) {
        BigDecimal small = over(x, TWO.pow(16));
        BigDecimal sum = ONE;
        BigDecimal term = ONE;
        for (int k = 1; k < 48; k++) {
            term = over(times(term, small), BigDecimal.valueOf(k));
            sum = plus(sum, term);
        }
        for (int i = 0; i < 16; i++) {
            sum = times(sum, sum);
        }
        return sum;
    }

    /** By Newton's method y ← y + 2(x − eʸ)/(x + eʸ), which triples the digits in each step. */
    static BigDecimal log(BigDecimal x) {
        int exponent = x.precision() - x.scale();
        BigDecimal y = of(Math.log(x.movePointLeft(exponent).doubleValue()) + exponent * Math.log(10));
        for (int i = 0; i < 5; i++) {
            BigDecimal e = exp(y);
            y = plus(y, over(times(TWO, minus(x, e)), plus(x, e)));
        }
        return y;
    }

    static BigDecimal sigmoid(BigDecimal z) {
        return over(ONE, plus(ONE, exp(z.negate())));
    }

    static BigDecimal tanh(BigDecimal z) {
        return minus(times(TWO, sigmoid(times(TWO, z))), ONE);
    }

    static BigDecimal softplus(BigDecimal z) {
        return log(plus(ONE, exp(z)));
    }

    static BigDecimal logCosh(BigDecimal z) {
        return minus(minus(softplus(times(TWO, z)), z), log(TWO));
    }

    static BigDecimal xLogX(BigDecimal x) {
        return x.signum() == 0 ? BigDecimal.ZERO : times(x, log(x));
    }
}
