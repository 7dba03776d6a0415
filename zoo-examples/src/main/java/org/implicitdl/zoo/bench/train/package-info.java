/** What block coordinate descent costs and reaches, beside back-propagation. */
package org.implicitdl.zoo.bench.train;
