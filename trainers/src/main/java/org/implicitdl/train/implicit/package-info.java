/**
 * Block coordinate descent for implicit models x = φ(Ax + Bu), ŷ = Cx + Dv without back-propagation (§4.2): the relaxed
 * problem (10), each of its blocks, and sweeps over them.
 */
package org.implicitdl.train.implicit;
