package org.implicitdl.convert.certify;

import java.util.Arrays;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.ContractionCertificate;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.implicitdl.wellposed.TriangularCertificate;
import org.implicitdl.wellposed.WeightedNorm;
import org.implicitdl.wellposed.WeightedNorm.Exponent;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How far the solution of x = φ(Ax + v) can move, by what certifies that it is unique: a bound on |x − x̃| for all v with
 * |v − ṽ| ≤ δ, where x̃ solves the equation for ṽ up to a residual |φ(Ax̃ + ṽ) − x̃| ≤ ρ.
 */
final class StateRadius {
    private static final int PERRON_STEPS = 10_000;

    private final Certificate certificate;
    private final LinearOperator abs;
    private final IntervalActivation phi;
    private final double slack;

    /**
     * @param certificate that of A and φ
     * @param abs |A|
     */
    StateRadius(Certificate certificate, LinearOperator abs, IntervalActivation phi) {
        this.certificate = certificate;
        this.abs = abs;
        this.phi = phi;
        this.slack = Outward.sums(abs.rows());
    }

    /**
     * The bound for Aᵀ and any φ that is linear with |φ'| as here: the weights of a contraction are inverted and its norm
     * is the dual one.
     */
    StateRadius transposed() {
        Certificate dual = certificate;
        if (certificate instanceof ContractionCertificate contraction) {
            Exponent exponent = switch (contraction.norm().exponent()) {
                case ONE -> Exponent.INF;
                case TWO -> Exponent.TWO;
                case INF -> Exponent.ONE;
            };
            double[] weights = inverse(contraction.norm().weights());
            dual = new ContractionCertificate(
                    contraction.condition(),
                    new WeightedNorm(exponent, weights),
                    contraction.gain(),
                    contraction.lipschitz());
        }
        return new StateRadius(dual, abs.transpose(), phi);
    }

    /**
     * The bound [n, m].
     *
     * @param delta δ [n, m]
     * @param rho ρ [n, m]
     * @throws UnboundedException if the certificate does not give one
     */
    INDArray of(INDArray delta, INDArray rho) {
        INDArray radius;
        if (certificate instanceof ContractionCertificate contraction) {
            radius = ofContraction(contraction.norm(), contraction.rate(), contraction.lipschitz(), delta, rho);
        } else if (certificate instanceof MonotoneCertificate monotone) {
            radius = ofMonotone(monotone, delta, rho);
        } else if (certificate instanceof TriangularCertificate triangular
                && triangular.levels().size() == 1) {
            radius = ofDiagonal(triangular, delta, rho);
        } else {
            radius = ofPerron(delta, rho);
        }
        return Outward.grow(radius, 4 * slack);
    }

    /** ‖x − x̃‖ ≤ (L‖δ‖ + ‖ρ‖)/(1 − rate) in the norm ‖w ⊙ ·‖ in which the map contracts. */
    private INDArray ofContraction(WeightedNorm norm, double rate, double lipschitz, INDArray delta, INDArray rho) {
        INDArray weights = column(norm.weights());
        INDArray sum = norms(norm.exponent(), delta.mulColumnVector(weights))
                .muli(lipschitz)
                .addi(norms(norm.exponent(), rho.mulColumnVector(weights)));
        return column(inverse(norm.weights())).mmul(sum.divi(distance(rate)));
    }

    /**
     * y = φ(Ax + v) − φ(Ax̃ + ṽ) obeys ‖y‖² ≤ L⟨y, A(x − x̃) + v − ṽ⟩, and x − x̃ = y + r with |r| ≤ ρ, so that
     * (1 − Lλmax)‖y‖ ≤ L‖|A|ρ + δ‖.
     */
    private INDArray ofMonotone(MonotoneCertificate monotone, INDArray delta, INDArray rho) {
        double strength = distance(monotone.lipschitz() * monotone.eigenvalue());
        INDArray moved = abs.times(rho).addi(delta);
        INDArray y = norms(Exponent.TWO, moved).muli(monotone.lipschitz() / strength);
        return rho.addRowVector(y);
    }

    /** The same for each scalar equation: as monotone where φ is nondecreasing, and as a contraction otherwise. */
    private INDArray ofDiagonal(TriangularCertificate triangular, INDArray delta, INDArray rho) {
        double lipschitz = phi.lipschitz();
        boolean isMonotone = phi instanceof FenchelIntervals;
        double[] strengths = Arrays.stream(triangular.diagonal())
                .map(entry -> distance(lipschitz * (isMonotone ? entry : Math.abs(entry))))
                .map(strength -> 1 / strength)
                .toArray();
        INDArray moved = isMonotone ? abs.times(rho).addi(delta) : delta.dup('f');
        INDArray radius = moved.muli(lipschitz);
        return isMonotone
                ? radius.muliColumnVector(column(strengths)).addi(rho)
                : radius.addi(rho).muliColumnVector(column(strengths));
    }

    /** L|A|s ≤ τs with τ < 1 for some s > 0: a contraction in the norm maxᵢ|xᵢ|/sᵢ. */
    private INDArray ofPerron(INDArray delta, INDArray rho) {
        double lipschitz = phi.lipschitz();
        if (phi.isComponentwise() && Double.isFinite(lipschitz)) {
            INDArray power = Nd4j.ones(DataType.DOUBLE, abs.rows(), 1);
            INDArray scales = power.dup('f');
            for (int k = 0; k < PERRON_STEPS && power.maxNumber().doubleValue() < 1e100; k++) {
                power = abs.times(power).muli(lipschitz);
                INDArray next = abs.times(scales).muli(lipschitz).divi(scales);
                double rate = next.maxNumber().doubleValue();
                if (rate < 1 - 4 * slack && power.maxNumber().doubleValue() < 0.5) {
                    double[] weights = inverse(scales.reshape(abs.rows()).toDoubleVector());
                    return ofContraction(new WeightedNorm(Exponent.INF, weights), rate, lipschitz, delta, rho);
                }
                scales.addi(power);
            }
        }
        throw new UnboundedException("How far the states move is not bounded by the certificate of their block: "
                + certificate.statement()
                + "; it takes a contraction, or Lρ(|A|) < 1. Scale A down, or project it onto a norm ball.");
    }

    /** 1 − rate, rounded down. */
    private double distance(double rate) {
        double distance = 1 - rate - 4 * slack * Math.abs(rate);
        if (!(distance > 0)) {
            throw new UnboundedException("The states' equation contracts at a rate of " + rate
                    + ", too close to 1 to bound how far its solution moves; scale A down.");
        }
        return distance;
    }

    private static INDArray norms(Exponent exponent, INDArray x) {
        return switch (exponent) {
            case ONE -> x.norm1(true, 0);
            case TWO -> x.norm2(true, 0);
            case INF -> x.normmax(true, 0);
        };
    }

    private static double[] inverse(double[] values) {
        return Arrays.stream(values).map(value -> 1 / value).toArray();
    }

    private static INDArray column(double[] values) {
        return Nd4j.createFromArray(values).reshape('f', values.length, 1);
    }
}
