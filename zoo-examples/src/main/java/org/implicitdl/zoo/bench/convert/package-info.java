/** What conversion costs: converted networks against their originals. */
package org.implicitdl.zoo.bench.convert;
