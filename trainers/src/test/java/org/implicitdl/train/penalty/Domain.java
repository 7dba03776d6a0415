package org.implicitdl.train.penalty;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.implicitdl.operator.Matrix;

/** Random points at which a monotone penalty is finite, found by its value alone. */
record Domain(Penalty penalty, int rows, int cols) {

    /** Points anywhere, and on the way to them from a given one, down to very near. */
    List<Matrix> samples(Matrix near, int count, Random random) {
        List<Matrix> samples = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Matrix far = k % 3 == 0 ? withOneChanged(near, random) : anywhere(random);
            samples.add(far);
            for (double t = 0.3; t > 1e-4; t *= 0.1) {
                samples.add(between(near, far, t));
            }
        }
        return samples;
    }

    static double inner(Matrix a, Matrix b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += a.values()[i] * b.values()[i];
        }
        return sum;
    }

    private Matrix anywhere(Random random) {
        Matrix point = Matrix.zeros(rows, cols);
        for (int i = 0; i < point.values().length; i++) {
            point.values()[i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
        }
        return into(point);
    }

    private Matrix withOneChanged(Matrix near, Random random) {
        Matrix point = near.copy();
        point.values()[random.nextInt(point.values().length)] += random.nextGaussian();
        return into(point);
    }

    /** Zeros where nothing else is allowed, then shrunk to the border of the domain. */
    private Matrix into(Matrix point) {
        Matrix inside = point.copy();
        for (int i = 0; i < inside.values().length; i++) {
            Matrix single = Matrix.zeros(rows, cols);
            single.values()[i] = 1e-9;
            inside.values()[i] *= Double.isInfinite(penalty.value(single)) ? 0 : 1;
        }
        double low = 0;
        double high = 1;
        while (Double.isInfinite(penalty.value(Entries.scaled(inside, high))) && high - low > 1e-12) {
            double middle = (low + high) / 2;
            if (Double.isInfinite(penalty.value(Entries.scaled(inside, middle)))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Double.isInfinite(penalty.value(Entries.scaled(inside, high)))
                ? Entries.scaled(inside, low)
                : Entries.scaled(inside, high);
    }

    private static Matrix between(Matrix a, Matrix b, double t) {
        Matrix point = a.copy();
        for (int i = 0; i < point.values().length; i++) {
            point.values()[i] += t * (b.values()[i] - a.values()[i]);
        }
        return point;
    }
}
