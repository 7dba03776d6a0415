package org.implicitdl.train.penalty;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.implicitdl.operator.Matrix;

/**
 * The sum of penalties g₁ + … + gₖ by Dykstra's method for proximal points (Bauschke and Combettes, A Dykstra-like algorithm
 * for two monotone operators, 2008; for more of them Tibshirani, Dykstra's algorithm, ADMM, and coordinate descent, 2017): in
 * every round Xᵢ = prox of gᵢ at Xᵢ₋₁ + Pᵢ with the correction Pᵢ of the last round, where X₀ is Xₖ of that round.
 * W = Xₖ + ∑Pᵢ always, where Pᵢ is a subgradient of gᵢ at Xᵢ; so X₁ = … = Xₖ proves the minimum.
 *
 * @param terms two or more, none of them a sum of this kind
 */
record AlternatingSum(List<Penalty> terms) implements Penalty {
    private static final double TOLERANCE = 1e-12;
    private static final int ROUNDS = 20_000;
    /** After so many rounds it is worth to ask whether there is a common point at all. */
    private static final int ROUNDS_ON_TRUST = 200;

    AlternatingSum {
        terms = List.copyOf(terms);
    }

    /** The sum of two penalties that may be such sums themselves. The constraints of the second one are met exactly. */
    static Penalty of(Penalty first, Penalty second) {
        List<Penalty> terms = new ArrayList<>(termsOf(first));
        termsOf(second).forEach(term -> append(terms, term));
        return terms.size() == 1 ? terms.get(0) : new AlternatingSum(terms);
    }

    private static List<Penalty> termsOf(Penalty penalty) {
        return penalty instanceof AlternatingSum sum ? sum.terms : List.of(penalty);
    }

    /** Adds a term at the end, with those that make one of the same kind with it. */
    private static void append(List<Penalty> terms, Penalty term) {
        Penalty sum = term;
        for (Penalty earlier : List.copyOf(terms)) {
            Optional<Penalty> exact = ExactSum.of(earlier, sum);
            if (exact.isPresent()) {
                terms.remove(earlier);
                sum = exact.orElseThrow();
            }
        }
        terms.add(sum);
    }

    @Override
    public double value(Matrix w) {
        return terms.stream().mapToDouble(term -> term.value(w)).sum();
    }

    @Override
    public Matrix prox(Matrix w, double step) {
        Arguments.step(step);
        Arguments.finite(w);
        double tolerance = TOLERANCE * Math.max(w.frobeniusNorm(), Double.MIN_NORMAL);
        List<Matrix> corrections =
                terms.stream().map(term -> Matrix.zeros(w.rows(), w.cols())).toList();
        Matrix x = w;
        double distance = 0;
        for (int round = 0; round < ROUNDS; round++) {
            distance = 0;
            for (int i = 0; i < terms.size(); i++) {
                Matrix next = correctedProx(terms.get(i), x, corrections.get(i), step);
                distance = i == 0 ? 0 : Math.max(distance, Entries.distance(x, next));
                x = next;
            }
            if (distance <= tolerance) {
                return inside(x);
            }
            // All monotone penalties allow 0.
            if (round == ROUNDS_ON_TRUST && !isMonotone()) {
                CommonPoint.require(terms, w);
            }
        }
        throw new NoCommonPointException(terms, ROUNDS, distance);
    }

    /** The proximal point of a corrected point; the correction becomes what the step left over. */
    private static Matrix correctedProx(Penalty penalty, Matrix point, Matrix correction, double step) {
        double[] rest = correction.values();
        for (int i = 0; i < rest.length; i++) {
            rest[i] += point.values()[i];
        }
        Matrix near = penalty.prox(correction, step);
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= near.values()[i];
        }
        return near;
    }

    /** What the tolerance leaves outside another set comes in by shrinking, as monotone sets hold all smaller points. */
    private Matrix inside(Matrix x) {
        Matrix near = x;
        for (double shrink = TOLERANCE; isMonotone() && Double.isInfinite(value(near)) && shrink < 1e-9; shrink *= 2) {
            near = Entries.scaled(x, 1 - shrink);
        }
        return near;
    }

    /** Refused: the vertices of an intersection are those of none of its sets. */
    @Override
    public Matrix linearMinimizer(Matrix g) {
        throw UnboundedPenaltyException.ofIntersection(this);
    }

    @Override
    public boolean isMonotone() {
        return terms.stream().allMatch(Penalty::isMonotone);
    }

    @Override
    public String toString() {
        return terms.stream().map(Penalty::toString).collect(Collectors.joining(" and "));
    }
}
