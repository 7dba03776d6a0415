/**
 * Block coordinate descent for implicit models x = φ(Ax + Bu), ŷ = Cx + Dv without back-propagation (§4.2): the relaxed
 * problems (9) to (11), each of their blocks, and sweeps over them.
 */
package org.implicitdl.train.implicit;
