package org.implicitdl.train.arbiter;

import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The data of {@link Searches#data} as a source, whose test samples are drawn by the seed among the properties. */
public final class DiscSource implements DataSource {
    private static final long serialVersionUID = 1L;

    private long seed = 2;

    static Properties properties(long seed) {
        Properties properties = new Properties();
        properties.setProperty("seed", Long.toString(seed));
        return properties;
    }

    @Override
    public void configure(Properties properties) {
        seed = Long.parseLong(properties.getProperty("seed"));
    }

    @Override
    public DataSetIterator trainData() {
        return new ViewIterator(Searches.disc(1, 60), 20);
    }

    @Override
    public DataSetIterator testData() {
        return new ViewIterator(Searches.disc(seed, 40), 20);
    }

    @Override
    public Class<?> getDataType() {
        return DataSetIterator.class;
    }
}
