package org.implicitdl.solver;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Lu;
import org.implicitdl.operator.Matrix;

/** Systems by an LU factorization of the states whose row of J is not zero. */
final class FactoredSystem implements JacobianSystem {
    private final Matrix a;

    FactoredSystem(Matrix a) {
        this.a = a;
    }

    @Override
    public Optional<double[]> solve(Matrix jacobian, double[] r) {
        if (!isFinite(jacobian.values()) || !isFinite(r)) {
            return Optional.empty();
        }
        return jacobian.cols() == 1 ? reduced(jacobian.values(), r) : whole(jacobian, r);
    }

    /** With F the states of zero derivatives and K the others: d = r on F, and (I − DA)d = r + DA_KF r on K. */
    private Optional<double[]> reduced(double[] derivatives, double[] r) {
        int n = r.length;
        int[] kept = IntStream.range(0, n).filter(i -> derivatives[i] != 0).toArray();
        double[] known = r.clone();
        Arrays.stream(kept).forEach(i -> known[i] = 0);
        double[] products = times(known);
        Matrix right = Matrix.zeros(kept.length, 1);
        Matrix system = Matrix.identity(kept.length);
        for (int i = 0; i < kept.length; i++) {
            right.set(i, 0, r[kept[i]] + derivatives[kept[i]] * products[kept[i]]);
        }
        for (int j = 0; j < kept.length; j++) {
            for (int i = 0; i < kept.length; i++) {
                system.values()[i + j * kept.length] -= derivatives[kept[i]] * a.get(kept[i], kept[j]);
            }
        }
        return solution(system, right).map(d -> {
            for (int i = 0; i < kept.length; i++) {
                known[kept[i]] = d[i];
            }
            return known;
        });
    }

    private Optional<double[]> whole(Matrix jacobian, double[] r) {
        Matrix system = Matrix.identity(r.length);
        double[] product = Lapack.times(jacobian, a).values();
        for (int i = 0; i < product.length; i++) {
            system.values()[i] -= product[i];
        }
        return solution(system, new Matrix(r.length, 1, r));
    }

    private static Optional<double[]> solution(Matrix system, Matrix right) {
        if (system.rows() == 0) {
            return Optional.of(new double[0]);
        }
        if (!isFinite(system.values()) || !isFinite(right.values())) {
            return Optional.empty();
        }
        return Lu.of(system).map(lu -> lu.solve(right).values()).filter(FactoredSystem::isFinite);
    }

    @Override
    public double[] times(double[] x) {
        double[] product = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            double factor = x[j];
            for (int i = 0; factor != 0 && i < x.length; i++) {
                product[i] += factor * a.values()[i + j * x.length];
            }
        }
        return product;
    }

    static boolean isFinite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }
}
