/** Minimizes a smooth function of a weight matrix plus a penalty. */
package org.implicitdl.train.descent;
