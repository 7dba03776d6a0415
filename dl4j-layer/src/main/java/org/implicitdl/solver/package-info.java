/** From x = φ(Ax + b) to its solution. */
package org.implicitdl.solver;
