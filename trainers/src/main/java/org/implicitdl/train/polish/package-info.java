/** Second-order refinement of a trained model. */
package org.implicitdl.train.polish;
