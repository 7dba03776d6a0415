/**
 * Networks become implicit models: a registry of translators, and what it makes of a network.
 *
 * <p>A {@link org.implicitdl.convert.LayerTranslator} says what one type of layer does to a
 * {@link org.implicitdl.convert.Signal}, which is features on their way through the network. Signals are made of signals:
 * {@code affine} applies a linear operator over copies of the layer's weights, {@code activate} an activation map,
 * {@code narrow} a pooling or a product, {@code plus}, {@code stack} and {@code slice} join and cut. Every activation, and
 * every affine map whose result somebody needs, becomes a block of the state; nothing is multiplied out. A translator of
 * a layer φ(Wᵀh + b) is three lines:
 *
 * <pre>{@code
 * INDArray w = layer.parameter("W");
 * Signal z = input.affine(
 *     DenseOperator.copyOf(w.transpose()), Offset.repeated(layer.parameter("b"), 1), TensorShape.flat(n));
 * return z.activate(Activations.tanh());
 * }</pre>
 *
 * <p>A sample is a column (channels, grid) in 'c' order, also where DL4J keeps channels last: formats matter only at the
 * {@code Port}s of the network and where features are flattened. A sequence is a grid of one dimension. What cannot be
 * converted throws {@code layer.unsupported(reason)}, which names the layer. New translators are listed in
 * {@code Translators}; {@code RandomNetworks} and its kin draw test networks with all of them.
 */
package org.implicitdl.convert;
