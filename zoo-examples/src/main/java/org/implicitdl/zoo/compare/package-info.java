/** Trainers compared on a table: each searched with the same budget, then tested on the same rows, split by split. */
package org.implicitdl.zoo.compare;
