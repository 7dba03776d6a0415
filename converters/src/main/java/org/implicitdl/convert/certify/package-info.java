/**
 * What is proven of a model's outputs for all inputs of a box: bounds, Lipschitz constants, certified radii (§5).
 *
 * <p>That is proven of the model that is given. It is true of the network that a reduced model came from only where the two
 * are the same: {@link org.implicitdl.convert.ImplicitNetwork#requireHoldsFor} says so or throws. And it is proven of the
 * exact function of the stored weights, which an evaluation in double precision meets; the rounding of one in single
 * precision, about 1e-6 of the outputs, is not counted in.
 */
package org.implicitdl.convert.certify;
