package org.implicitdl.zoo.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 784}, {@code 28x28x1} (height, width, channels), {@code 28x28x1:nhwc} and {@code 16@50} (size, steps). */
final class InputTypeParser implements ITypeConverter<InputType> {
    /** What the help text says. */
    static final String FORMS = "784 for rows of features, 28x28x1 for height, width and channels of images, with :nhwc"
            + " after it if the channels come last, 16@50 for 50 time steps of 16 features";

    private static final Pattern ROWS = Pattern.compile("(\\d{1,9})");
    private static final Pattern IMAGES = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})(:nchw|:nhwc)?");
    private static final Pattern SEQUENCES = Pattern.compile("(\\d{1,9})@(\\d{1,9})");

    @Override
    public InputType convert(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher rows = ROWS.matcher(lower);
        if (rows.matches()) {
            return InputType.feedForward(size(rows, 1));
        }
        Matcher images = IMAGES.matcher(lower);
        if (images.matches()) {
            return InputType.convolutional(
                    size(images, 1),
                    size(images, 2),
                    size(images, 3),
                    ":nhwc".equals(images.group(4)) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
        }
        Matcher sequences = SEQUENCES.matcher(lower);
        if (sequences.matches()) {
            return InputType.recurrent(size(sequences, 1), size(sequences, 2));
        }
        throw new TypeConversionException("'" + text + "' is no input type; write " + FORMS);
    }

    private static int size(Matcher matcher, int group) {
        int size = Integer.parseInt(matcher.group(group));
        if (size < 1) {
            throw new TypeConversionException("'" + matcher.group() + "' has a size of 0; all sizes are positive");
        }
        return size;
    }
}
