package org.implicitdl.solver;

import org.nd4j.linalg.api.buffer.DataType;

/** The steps of {@link AndersonSolver}, with the differences of every sample of the batch. */
final class AndersonMixing implements BatchIteration.Step {
    /** How far the residual may grow over the least one before a mixed state is given up. */
    private static final double GROWTH = 2;

    /** How many mixed states in a row may fail to lower the residual, in multiples of the depth. */
    private static final int PATIENCE = 3;

    private final Batch batch;
    private final int depth;
    private final double ridge;
    private final AndersonHistory[] histories;

    /** The residual and the image before, by columns of the batch. */
    private final Panel lastResidual;

    private final Panel lastImage;

    /** The image of the best state: where Picard goes on from. */
    private final Panel safe;

    /** ΔF and ΔG: those of column j are in the columns from j·depth on. */
    private final Panel residuals;

    private final Panel images;
    private final Panel coefficients;

    AndersonMixing(Batch batch, NativeMemory memory, int depth, double ridge) {
        this.batch = batch;
        this.depth = depth;
        this.ridge = ridge > 0 ? ridge : memory.type() == DataType.DOUBLE ? 1e-14 : 1e-7;
        int n = batch.problem().states();
        int m = batch.count();
        this.histories = new AndersonHistory[m];
        for (int j = 0; j < m; j++) {
            histories[j] = new AndersonHistory(depth);
        }
        this.lastResidual = memory.panel(n, m);
        this.lastImage = memory.panel(n, m);
        this.safe = memory.panel(n, m);
        this.residuals = memory.panel(n, depth * m);
        this.images = memory.panel(n, depth * m);
        this.coefficients = memory.panel(depth, 1);
    }

    @Override
    public void next() {
        for (int j = 0; j < batch.count(); j++) {
            next(j, histories[j]);
        }
    }

    private void next(int j, AndersonHistory history) {
        double distance = batch.distance(j);
        if (history.isMixed() && distance > GROWTH * history.least()) {
            safe.copy(j, batch.x(), j, 1);
            history.fallBack();
            return;
        }
        if (history.accept(distance, PATIENCE * depth)) {
            batch.image().copy(j, safe, j, 1);
        }
        remember(j, history);
        batch.image().copy(j, batch.x(), j, 1);
        if (history.mixes()) {
            coefficients.dots(residuals, j * depth, history.size(), batch.residual(), j, 0);
            double[] right = new double[history.size()];
            coefficients.read(0, right);
            coefficients.write(0, history.solve(right, ridge));
            batch.x().combine(-1, images, j * depth, history.size(), coefficients, 0, j);
        }
    }

    /** Takes the differences to the state before into the history. */
    private void remember(int j, AndersonHistory history) {
        if (history.hasLast()) {
            int slot = history.advance();
            difference(batch.residual(), lastResidual, residuals, j, slot);
            difference(batch.image(), lastImage, images, j, slot);
            coefficients.dots(residuals, j * depth, history.size(), residuals, j * depth + slot, 0);
            double[] products = new double[history.size()];
            coefficients.read(0, products);
            history.setProducts(slot, products);
        }
        batch.residual().copy(j, lastResidual, j, 1);
        batch.image().copy(j, lastImage, j, 1);
        history.setLast();
    }

    private void difference(Panel now, Panel before, Panel target, int j, int slot) {
        now.copy(j, target, j * depth + slot, 1);
        target.add(-1, before, j, j * depth + slot);
    }

    @Override
    public void move(int from, int to) {
        histories[to] = histories[from];
        lastResidual.copy(from, lastResidual, to, 1);
        lastImage.copy(from, lastImage, to, 1);
        safe.copy(from, safe, to, 1);
        residuals.copy(from * depth, residuals, to * depth, histories[to].size());
        images.copy(from * depth, images, to * depth, histories[to].size());
    }
}
