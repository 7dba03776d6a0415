/** What a model looks like, entry by entry: which states depend on which, in what order and depth, and how densely. */
package org.implicitdl.convert.structure;
