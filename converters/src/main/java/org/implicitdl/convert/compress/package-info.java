/** Smaller models that compute nearly the same: small coefficients left out, and low rank (§6.3). */
package org.implicitdl.convert.compress;
