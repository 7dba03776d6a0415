package org.implicitdl.zoo.convert;

/**
 * What is proven of a network's outputs near samples, whatever the outputs mean.
 *
 * @param outputs what they stay within
 * @param constants how fast they can change
 */
public record Proofs(OutputBounds outputs, LipschitzConstants constants) {}
