/** The synthetic experiment of §7.1: its random problems, its measurements, and its run. */
package org.implicitdl.zoo.synthetic;
