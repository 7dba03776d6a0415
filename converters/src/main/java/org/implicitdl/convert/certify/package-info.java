/** What is proven of a model's outputs for all inputs of a box: bounds, Lipschitz constants, certified radii (§5). */
package org.implicitdl.convert.certify;
