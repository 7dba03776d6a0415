/** Feedforward models in the form of §7.1, on plain arrays. */
package org.implicitdl.train.feedforward;
