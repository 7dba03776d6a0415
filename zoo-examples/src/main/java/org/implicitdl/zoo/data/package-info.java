/** Images and their labels: read from IDX files, checked, split by a seed, and handed to Deeplearning4j in batches. */
package org.implicitdl.zoo.data;
