package org.implicitdl.zoo.report;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for a terminal: a bar with the time that has passed and the time that is left. */
final class BarProgress implements Progress {
    private static final int WIDTH = 100;

    private final ProgressBar bar;

    BarProgress(String title, int steps) {
        bar = new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }

    @Override
    public void doing(String what) {
        bar.setExtraMessage(" " + what);
    }

    @Override
    public void step() {
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
