package org.implicitdl.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The batches of an iterator, of which another thread makes the next ones meanwhile, as {@code net.fit} does. It is reset
 * as often as this is, and nothing is read before the first reset: until then there is no batch.
 *
 * <p>Unlike DL4J's own iterator for this, which waits for ever once the one that it reads fails, it fails with the same
 * exception then. Who leaves it before all is read closes it, which ends the thread; a training of {@link BcdTrainer} reads
 * ahead by itself.
 */
public final class ReadAhead implements DataSetIterator, AutoCloseable {
    static final String THREAD = "batches read ahead";
    private static final int AHEAD = 2;
    private static final long serialVersionUID = 1L;

    private final transient DataSetIterator batches;
    private final transient Deque<Future<Optional<DataSet>>> next = new ArrayDeque<>();
    private transient ExecutorService reader;

    private ReadAhead(DataSetIterator batches) {
        this.batches = batches;
    }

    /**
     * The same batches, read ahead.
     *
     * @throws IllegalArgumentException if the iterator may not be read by another thread
     */
    public static ReadAhead of(DataSetIterator batches) {
        if (!batches.asyncSupported()) {
            throw new IllegalArgumentException("Batches are read ahead by another thread, but "
                    + batches.getClass().getName() + " does not support it (asyncSupported); use it as it is.");
        }
        return new ReadAhead(batches);
    }

    @Override
    public void reset() {
        drain();
        batches.reset();
        if (reader == null) {
            int device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
            reader = Executors.newSingleThreadExecutor(task -> thread(task, device));
        }
        for (int i = 0; i < AHEAD; i++) {
            request();
        }
    }

    private static Thread thread(Runnable task, int device) {
        Thread thread = new Thread(
                () -> {
                    Nd4j.getAffinityManager().unsafeSetDevice(device);
                    task.run();
                },
                THREAD);
        thread.setDaemon(true);
        return thread;
    }

    private void request() {
        next.add(reader.submit(() -> batches.hasNext() ? Optional.of(TrainingData.next(batches)) : Optional.empty()));
    }

    @Override
    public boolean hasNext() {
        return !next.isEmpty() && result(next.peek()).isPresent();
    }

    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There is no further batch; call reset() to begin again.");
        }
        DataSet batch = result(next.remove()).orElseThrow();
        request();
        return batch;
    }

    /** What the reader came to, or the failure in which it ended. */
    private static Optional<DataSet> result(Future<Optional<DataSet>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The training was interrupted while it waited for the next batch.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Ends the reading; the iterator is then nobody's. It begins again with a reset. */
    @Override
    public void close() {
        drain();
        if (reader != null) {
            reader.shutdown();
            reader = null;
        }
    }

    /** Waits for what is being read, without regard to interrupts: two threads must not read one iterator. */
    private void drain() {
        next.forEach(future -> future.cancel(false));
        next.clear();
        if (reader == null) {
            return;
        }
        Future<?> last = reader.submit(() -> {});
        boolean interrupted = false;
        while (true) {
            try {
                last.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public DataSet next(int samples) {
        throw new UnsupportedOperationException("Batches are read ahead as they are; call next().");
    }

    @Override
    public int inputColumns() {
        return batches.inputColumns();
    }

    @Override
    public int totalOutcomes() {
        return batches.totalOutcomes();
    }

    @Override
    public int batch() {
        return batches.batch();
    }

    @Override
    public boolean resetSupported() {
        return batches.resetSupported();
    }

    /** Not once more by another thread. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        batches.setPreProcessor(preProcessor);
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return batches.getPreProcessor();
    }

    @Override
    public List<String> getLabels() {
        return batches.getLabels();
    }
}
