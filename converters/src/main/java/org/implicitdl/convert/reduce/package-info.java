/** Smaller models that compute the same: states that are constant, unused, equal or linear leave the model (§6.2). */
package org.implicitdl.convert.reduce;
