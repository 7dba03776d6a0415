/** Convex penalties and constraints on weight matrices, as values that combine (§4.1, §6). */
package org.implicitdl.train.penalty;
