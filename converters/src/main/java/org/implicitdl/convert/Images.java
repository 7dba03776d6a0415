package org.implicitdl.convert;

/** The checks that layers of images and of volumes share. */
final class Images {
    private Images() {}

    /** The input must be images in the layer's own format. */
    static void require(LayerSource<?> layer, TensorShape input, boolean channelsLast) {
        require(layer, input, channelsLast, 2);
    }

    /**
     * The same for grids of other dimensions.
     *
     * @param channelsLast whether the layer takes its channels last
     */
    static void require(LayerSource<?> layer, TensorShape input, boolean channelsLast, int dimensions) {
        if (input.grid().size() != dimensions || input.folded()) {
            throw layer.unsupported("it takes channels on a grid of " + dimensions + " dimensions, but its input has "
                    + input + "; give the input type of the network");
        }
        if (input.channelsLast() != channelsLast) {
            throw layer.unsupported("it takes channels " + (channelsLast ? "last" : "first") + ", but its input has "
                    + input + "; use one format for all layers");
        }
    }
}
