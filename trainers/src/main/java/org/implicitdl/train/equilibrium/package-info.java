/**
 * Implicit models of small and middle size, trained through their own predictions: the states solve the rule at every step,
 * and derivatives are those of the implicit function theorem.
 */
package org.implicitdl.train.equilibrium;
