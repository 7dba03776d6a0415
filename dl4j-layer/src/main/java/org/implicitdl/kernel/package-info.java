/** Loops and BLAS over the memory in which arrays lie: what operators and activations are made of where ND4J is slow. */
package org.implicitdl.kernel;
