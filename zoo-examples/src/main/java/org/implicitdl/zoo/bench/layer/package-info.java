/** What is measured of the implicit layer. */
package org.implicitdl.zoo.bench.layer;
