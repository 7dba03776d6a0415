package org.implicitdl.zoo.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code 784}, {@code 28x28x1} (height, width, channels), {@code 8x28x28x1} (depth, height, width, channels) and
 * {@code 16@50} (size, steps), with {@code :nhwc}, {@code :ndhwc} or {@code :nwc} after it if the channels come last.
 */
final class InputTypeParser implements ITypeConverter<InputType> {
    /** What the help text says. */
    static final String FORMS =
            "784 for rows of features, 28x28x1 for height, width and channels of images, 8x28x28x1 for"
                    + " depth, height, width and channels of volumes, 16@50 for 50 time steps of 16 features; with :nhwc, :ndhwc or"
                    + " :nwc after it if the channels of the network's arrays come last";

    private static final Pattern ROWS = Pattern.compile("(\\d{1,9})");
    private static final Pattern SEQUENCES = Pattern.compile("(\\d{1,9}@\\d{1,9})(:ncw|:nwc)?");
    private static final Pattern IMAGES = Pattern.compile("(\\d{1,6}(?:x\\d{1,6}){2})(:nchw|:nhwc)?");
    private static final Pattern VOLUMES = Pattern.compile("(\\d{1,6}(?:x\\d{1,6}){3})(:ncdhw|:ndhwc)?");

    @Override
    public InputType convert(String text) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        Matcher rows = ROWS.matcher(lower);
        if (rows.matches()) {
            return InputType.feedForward(sizes(rows)[0]);
        }
        Matcher sequences = SEQUENCES.matcher(lower);
        if (sequences.matches()) {
            int[] s = sizes(sequences);
            return InputType.recurrent(s[0], s[1], ":nwc".equals(sequences.group(2)) ? RNNFormat.NWC : RNNFormat.NCW);
        }
        Matcher images = IMAGES.matcher(lower);
        if (images.matches()) {
            int[] s = sizes(images);
            CNN2DFormat format = ":nhwc".equals(images.group(2)) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
            return InputType.convolutional(s[0], s[1], s[2], format);
        }
        Matcher volumes = VOLUMES.matcher(lower);
        if (volumes.matches()) {
            int[] s = sizes(volumes);
            boolean last = ":ndhwc".equals(volumes.group(2));
            return InputType.convolutional3D(
                    last ? Convolution3D.DataFormat.NDHWC : Convolution3D.DataFormat.NCDHW, s[0], s[1], s[2], s[3]);
        }
        throw new TypeConversionException("'" + text + "' is no input type; write " + FORMS);
    }

    /** The numbers of the first group. */
    private static int[] sizes(Matcher matcher) {
        int[] sizes = Arrays.stream(matcher.group(1).split("[x@]"))
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
            throw new TypeConversionException("'" + matcher.group() + "' has a size of 0; all sizes are positive");
        }
        return sizes;
    }
}
