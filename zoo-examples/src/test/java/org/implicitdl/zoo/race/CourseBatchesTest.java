package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(60)
class CourseBatchesTest {
    private static final int IMAGES = 12;

    /** As batches of images are, made by whatever thread asks for them. */
    private static class Batches extends ListDataSetIterator<DataSet> {
        private static final long serialVersionUID = 1;

        Batches() {
            super(new DataSet(Nd4j.ones(IMAGES, 3), Nd4j.ones(IMAGES, 2)).asList(), 4);
        }

        @Override
        public boolean asyncSupported() {
            return true;
        }
    }

    private static Course course() {
        return new Course(Plan.ofEpochs(2), IMAGES, new HandClock()::nanos);
    }

    @Test
    void aPartOfOneEpochHasItsBatchesAndTheNextPartThoseOfTheNext() {
        try (CourseBatches batches = new CourseBatches(new Batches(), course())) {
            for (int part = 0; part < 2; part++) {
                batches.reset();
                int images = 0;
                while (batches.hasNext()) {
                    images += batches.next().numExamples();
                }
                assertThat(images).isEqualTo(IMAGES);
            }
        }
    }

    /** Instead of waiting for ever. */
    @Test
    void theFailureOfWhatMakesTheBatchesIsToldAsItIs() {
        Batches failing = new Batches() {
            private static final long serialVersionUID = 1;

            @Override
            public DataSet next() {
                throw new IllegalStateException("the disk is gone");
            }
        };
        try (CourseBatches batches = new CourseBatches(failing, course())) {
            batches.reset();
            assertThatThrownBy(batches::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the disk is gone");
        }
    }
}
