/** Implicit models of small and middle size, trained through their own predictions under penalties. */
package org.implicitdl.train.sparse;
