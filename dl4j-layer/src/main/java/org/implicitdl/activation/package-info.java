/** Activation maps φ and their Fenchel divergences. */
package org.implicitdl.activation;
