/** Trainers for DL4J networks that do without back-propagation. */
package org.implicitdl.train;
