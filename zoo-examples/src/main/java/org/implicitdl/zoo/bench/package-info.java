/** Measurements of this software against what is asked of it: ratios, each within one run. */
package org.implicitdl.zoo.bench;
