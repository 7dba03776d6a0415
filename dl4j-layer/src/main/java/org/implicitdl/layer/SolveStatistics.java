package org.implicitdl.layer;

/**
 * One point of the series that {@link ImplicitLayerListener} keeps.
 *
 * @param layer the name of the layer
 * @param iteration the iteration of the training, counted by the network
 * @param epoch the epoch
 * @param report what the layer's solver did in the forward pass
 */
public record SolveStatistics(String layer, int iteration, int epoch, LayerReport report) {}
