/** Block coordinate descent on one batch of samples at a time, with the inputs' second moments kept over batches. */
package org.implicitdl.train.minibatch;
