/** Matrices as linear maps that keep their structure, and dense work by LAPACK. */
package org.implicitdl.operator;
