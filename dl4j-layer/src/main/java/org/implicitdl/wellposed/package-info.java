/** Conditions under which x = φ(Ax + b) has exactly one solution, and the convex sets that ensure them. */
package org.implicitdl.wellposed;
