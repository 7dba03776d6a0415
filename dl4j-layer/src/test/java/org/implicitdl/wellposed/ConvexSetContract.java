package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every convex set with an exact projection promises. */
abstract class ConvexSetContract {
    static final int ORDER = 7;

    abstract ConvexSet set();

    /** The constraint as operators and solvers evaluate it. */
    abstract boolean holds(INDArray a);

    /** The projection by a slow method. */
    abstract Matrix slowProjection(Matrix a);

    private static INDArray draw(Random random, int trial, DataType type) {
        double scale = Math.pow(10, trial % 7 - 2);
        return Equations.gaussian(random, ORDER, ORDER, scale).toArray(type);
    }

    private static double unit(DataType type) {
        return type == DataType.FLOAT ? 0x1p-23 : 0x1p-52;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void projectionsAreFeasibleExactlyAndKeepShapeAndType(DataType type) {
        Random random = new Random(3);
        for (int trial = 0; trial < 60; trial++) {
            INDArray a = draw(random, trial, type);
            INDArray before = a.dup();
            INDArray p = set().project(a);
            assertThat(p.dataType()).isEqualTo(type);
            assertThat(p.shape()).containsExactly(ORDER, ORDER);
            assertThat(set().contains(p)).as("trial %d", trial).isTrue();
            assertThat(holds(p)).as("trial %d", trial).isTrue();
            assertThat(a).as("the argument is untouched").isEqualTo(before);
            assertThat(Matrix.copyOf(set().project(p))).as("idempotent").isEqualTo(Matrix.copyOf(p));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void projectionIsTheNearestPoint(DataType type) {
        Random random = new Random(4);
        for (int trial = 0; trial < 60; trial++) {
            Matrix a = Matrix.copyOf(draw(random, trial, type));
            Matrix p = Matrix.copyOf(set().project(a.toArray(type)));
            for (int k = 0; k < 10; k++) {
                Matrix z = Matrix.copyOf(set().project(draw(random, trial + k, DataType.DOUBLE)));
                double inner = 0;
                double size = 0;
                for (int i = 0; i < p.values().length; i++) {
                    double away = a.values()[i] - p.values()[i];
                    double along = z.values()[i] - p.values()[i];
                    inner += away * along;
                    size += Math.abs(away) * (Math.abs(z.values()[i]) + Math.abs(p.values()[i]));
                }
                assertThat(inner).as("⟨A − P, Z − P⟩, trial %d", trial).isLessThanOrEqualTo(100 * unit(type) * size);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void projectionAgreesWithASlowReference(DataType type) {
        Random random = new Random(5);
        for (int trial = 0; trial < 40; trial++) {
            INDArray a = draw(random, trial, type);
            Matrix expected = slowProjection(Matrix.copyOf(a));
            Matrix found = Matrix.copyOf(set().project(a));
            double tolerance = 1e-12 * Matrix.copyOf(a).maxAbs() + 40 * unit(type);
            for (int i = 0; i < expected.values().length; i++) {
                assertThat(Math.abs(found.values()[i] - expected.values()[i])).isLessThanOrEqualTo(tolerance);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void feasibleMatricesAreReturnedUnchangedButCopied(DataType type) {
        INDArray a = set().project(draw(new Random(6), 1, type)).muli(0.5);
        INDArray p = set().project(a);
        assertThat(p).isEqualTo(a).isNotSameAs(a);
        p.assign(9);
        assertThat(set().contains(a)).isTrue();
    }

    @Test
    void storageOrderAndViewsMakeNoDifference() {
        INDArray a = draw(new Random(8), 3, DataType.DOUBLE);
        Matrix expected = Matrix.copyOf(set().project(a));
        assertThat(Matrix.copyOf(set().project(a.dup('c')))).isEqualTo(expected);
        assertThat(Matrix.copyOf(set().project(a.transpose().dup('f').transpose())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void viewsOfEveryLayoutAreProjectedInPlaceAndNothingAroundThem(DataType type) {
        INDArray a = draw(new Random(12), 3, type);
        INDArray expected = set().project(a);
        INDArray flat = Nd4j.valueArrayOf(new long[] {5 + ORDER * ORDER + 3}, 55.0, type);
        INDArray inFlat = flat.get(NDArrayIndex.interval(5, 5 + ORDER * ORDER));
        INDArray large = Nd4j.valueArrayOf(new long[] {2 * ORDER + 1, 3 * ORDER}, 55.0, type);
        INDArray scattered =
                large.get(NDArrayIndex.interval(1, 2, 2 * ORDER + 1), NDArrayIndex.interval(2, 3, 3 * ORDER));
        INDArray middle = large.dup('f').get(NDArrayIndex.interval(2, 2 + ORDER), NDArrayIndex.interval(3, 3 + ORDER));
        for (INDArray view :
                List.of(inFlat.reshape('f', ORDER, ORDER), inFlat.reshape('c', ORDER, ORDER), scattered, middle)) {
            view.assign(a);
            assertThat(set().enforce(view)).isTrue();
            assertThat(Matrix.copyOf(view)).isEqualTo(Matrix.copyOf(expected));
            assertThat(set().enforce(view)).as("already inside").isFalse();
            assertThat(Matrix.copyOf(view)).isEqualTo(Matrix.copyOf(expected));
        }
        assertThat(flat.getDouble(4)).isEqualTo(55);
        assertThat(flat.getDouble(5 + ORDER * ORDER)).isEqualTo(55);
        scattered.assign(55);
        assertThat(large.minNumber().doubleValue()).isEqualTo(55);
        assertThat(large.maxNumber().doubleValue()).isEqualTo(55);
    }

    @Test
    void badArraysAreRefused() {
        INDArray a = draw(new Random(9), 3, DataType.DOUBLE);
        a.putScalar(2, 3, Double.NaN);
        assertThatExceptionOfType(NonFiniteException.class).isThrownBy(() -> set().project(a));
        assertThat(set().contains(a)).isFalse();
        a.putScalar(2, 3, Double.NEGATIVE_INFINITY);
        assertThatExceptionOfType(NonFiniteException.class).isThrownBy(() -> set().project(a));
        assertThat(set().contains(a)).isFalse();
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> set().project(Nd4j.zeros(DataType.DOUBLE, 3)))
                .withMessageContaining("[3]");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> set().project(Nd4j.zeros(DataType.INT32, ORDER, ORDER)))
                .withMessageContaining("INT");
    }
}
