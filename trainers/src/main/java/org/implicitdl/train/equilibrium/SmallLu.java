package org.implicitdl.train.equilibrium;

/** One linear system of small order, factored in place with partial pivoting, in buffers that the next one uses again. */
final class SmallLu {
    private final double[] factors;
    private final int[] pivots;
    private final double[] rightSide;
    private int order;

    SmallLu(int largestOrder) {
        this.factors = new double[largestOrder * largestOrder];
        this.pivots = new int[largestOrder];
        this.rightSide = new double[largestOrder];
    }

    /** The matrix, row by row with rows of the given order, to be filled before {@link #factor}. */
    double[] matrix(int order) {
        this.order = order;
        return factors;
    }

    /** The right side, which solving replaces by the solution. */
    double[] rightSide() {
        return rightSide;
    }

    /** PM = LU; false if a pivot is zero or no number. */
    boolean factor() {
        for (int k = 0; k < order; k++) {
            int pivot = k;
            for (int i = k + 1; i < order; i++) {
                if (Math.abs(factors[i * order + k]) > Math.abs(factors[pivot * order + k])) {
                    pivot = i;
                }
            }
            pivots[k] = pivot;
            swapRows(k, pivot);
            double diagonal = factors[k * order + k];
            if (!(Math.abs(diagonal) > 0)) {
                return false;
            }
            for (int i = k + 1; i < order; i++) {
                double factor = factors[i * order + k] / diagonal;
                factors[i * order + k] = factor;
                for (int j = k + 1; j < order && factor != 0; j++) {
                    factors[i * order + j] -= factor * factors[k * order + j];
                }
            }
        }
        return true;
    }

    /** Mx = b. */
    void solve() {
        for (int k = 0; k < order; k++) {
            swap(k, pivots[k]);
        }
        for (int i = 1; i < order; i++) {
            double sum = rightSide[i];
            for (int j = 0; j < i; j++) {
                sum -= factors[i * order + j] * rightSide[j];
            }
            rightSide[i] = sum;
        }
        for (int i = order - 1; i >= 0; i--) {
            double sum = rightSide[i];
            for (int j = i + 1; j < order; j++) {
                sum -= factors[i * order + j] * rightSide[j];
            }
            rightSide[i] = sum / factors[i * order + i];
        }
    }

    /** Mᵀx = b. */
    void solveTransposed() {
        for (int i = 0; i < order; i++) {
            double value = rightSide[i] / factors[i * order + i];
            rightSide[i] = value;
            for (int j = i + 1; j < order; j++) {
                rightSide[j] -= factors[i * order + j] * value;
            }
        }
        for (int i = order - 1; i > 0; i--) {
            double value = rightSide[i];
            for (int j = 0; j < i; j++) {
                rightSide[j] -= factors[i * order + j] * value;
            }
        }
        for (int k = order - 1; k >= 0; k--) {
            swap(k, pivots[k]);
        }
    }

    private void swapRows(int a, int b) {
        for (int j = 0; a != b && j < order; j++) {
            double entry = factors[a * order + j];
            factors[a * order + j] = factors[b * order + j];
            factors[b * order + j] = entry;
        }
    }

    private void swap(int a, int b) {
        double entry = rightSide[a];
        rightSide[a] = rightSide[b];
        rightSide[b] = entry;
    }
}
