package org.implicitdl.zoo.data;

/**
 * Images to learn from, to watch the learning with, and to judge the result by.
 *
 * @param name of the data, for titles
 * @param test never seen before training is over
 */
public record ImageSplit(String name, ImageSet train, ImageSet validation, ImageSet test) {

    /** The same for choices that must not know the test images: those for validation stand in their place. */
    public ImageSplit withoutTest() {
        return new ImageSplit(name, train, validation, validation);
    }

    /** Takes one image in so many of a training set for validation; which ones, the seed decides. */
    static ImageSplit holdingOut(String name, int oneIn, ImageSet train, ImageSet test, long seed) {
        ImageSet shuffled = train.shuffled(seed);
        int validation = Math.max(1, shuffled.size() / oneIn);
        return new ImageSplit(name, shuffled.part(validation, shuffled.size()), shuffled.part(0, validation), test);
    }

    /** Takes one image in so many for the test, too. */
    static ImageSplit holdingOut(String name, int oneInValidation, int oneInTest, ImageSet all, long seed) {
        ImageSet shuffled = all.shuffled(seed);
        int test = Math.max(1, shuffled.size() / oneInTest);
        // Another seed, so that the second shuffle is not the first one again.
        return holdingOut(
                name, oneInValidation, shuffled.part(test, shuffled.size()), shuffled.part(0, test), seed + 1);
    }
}
