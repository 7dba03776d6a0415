/**
 * What is proven of a model's outputs for all inputs of a box: bounds, Lipschitz constants, certified radii (§5).
 *
 * <p>That is proven of the model that is given. It is true of the network that a reduced model came from only where the two
 * are the same: {@link org.implicitdl.convert.ImplicitNetwork#requireHoldsFor} says so or throws.
 */
package org.implicitdl.convert.certify;
