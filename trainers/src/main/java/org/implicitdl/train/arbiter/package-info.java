/** Search for networks and trainers through Arbiter, Deeplearning4j's search for hyperparameters. */
package org.implicitdl.train.arbiter;
