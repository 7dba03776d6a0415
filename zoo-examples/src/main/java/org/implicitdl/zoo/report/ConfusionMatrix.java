package org.implicitdl.zoo.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A PNG that shows how often each class was taken for which: a row for each true class, a column for each predicted one.
 * Right answers are blue and mistakes orange, the darker the larger their part of the row; mistakes darken much faster,
 * as there are few.
 *
 * @param caption a line under the title
 * @param classes their names
 * @param counts how often the class of the row was taken for that of the column
 */
public record ConfusionMatrix(String title, String caption, List<String> classes, int[][] counts)
        implements OutputFolder.Content {
    private static final int CELL = 62;
    private static final int RECALL = 110;
    private static final int SMALLEST_WIDTH = 860;
    private static final int GAP = 14;
    private static final int TITLE = 48;
    private static final int LONGEST_NAME = 24;
    private static final int SIZE = 17;
    private static final Color RIGHT = new Color(0x0072B2);
    private static final Color WRONG = new Color(0xD55E00);
    private static final Color GRID = new Color(225, 225, 225);

    /** @throws IllegalArgumentException if there is not one row and one column for every class */
    public ConfusionMatrix {
        classes = List.copyOf(classes);
        int q = classes.size();
        if (counts.length != q || Arrays.stream(counts).anyMatch(row -> row.length != q)) {
            throw new IllegalArgumentException("The confusion matrix needs a row and a column for each of " + q
                    + " classes, but its rows have the lengths "
                    + Arrays.toString(
                            Arrays.stream(counts).mapToInt(row -> row.length).toArray()) + ".");
        }
    }

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        Frame frame =
                Frame.around(classes.stream().map(ConfusionMatrix::shortened).toList());
        int side = CELL * classes.size();
        Canvas canvas = new Canvas(
                Math.max(SMALLEST_WIDTH, frame.left + side + RECALL + Canvas.MARGIN),
                frame.top + side + Canvas.MARGIN,
                title,
                caption);
        frame.draw(canvas, side);
        for (int row = 0; row < classes.size(); row++) {
            drawRow(canvas, frame, row);
        }
        canvas.writeTo(stream);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private void drawRow(Canvas canvas, Frame frame, int row) {
        int total = Arrays.stream(counts[row]).sum();
        int y = frame.top + row * CELL;
        for (int column = 0; column < classes.size(); column++) {
            double part = total == 0 ? 0 : (double) counts[row][column] / total;
            double shade = row == column ? part : Math.pow(part, 1 / 3.0);
            int x = frame.left + column * CELL;
            canvas.graphics().setColor(mixed(row == column ? RIGHT : WRONG, shade));
            canvas.graphics().fillRect(x, y, CELL, CELL);
            canvas.graphics().setColor(GRID);
            canvas.graphics().drawRect(x, y, CELL, CELL);
            if (counts[row][column] > 0) {
                Color ink = shade > 0.55 ? Color.WHITE : Canvas.INK;
                String count = String.valueOf(counts[row][column]);
                canvas.centred(count, Font.PLAIN, SIZE, ink, x + CELL / 2, y + CELL / 2 + 6);
            }
        }
        String recall = total == 0 ? "-" : Percent.of(counts[row][row], total);
        int x = frame.left + classes.size() * CELL + RECALL / 2;
        canvas.centred(recall, Font.PLAIN, SIZE, Canvas.INK, x, y + CELL / 2 + 6);
    }

    private static Color mixed(Color color, double shade) {
        return new Color(
                channel(color.getRed(), shade), channel(color.getGreen(), shade), channel(color.getBlue(), shade));
    }

    private static int channel(int value, double shade) {
        return (int) Math.round(255 + (value - 255) * shade);
    }

    /** The names around the cells, upright over the columns if they are wider than those. */
    private record Frame(List<String> names, int left, int top, boolean upright) {
        static Frame around(List<String> names) {
            int width = names.stream()
                    .mapToInt(name -> Canvas.width(name, Font.BOLD, SIZE))
                    .max()
                    .orElse(0);
            boolean upright = width > CELL - GAP / 2;
            int height = upright ? width : SIZE - 4;
            return new Frame(
                    names, Canvas.MARGIN + SIZE + 3 * GAP + width, Canvas.HEAD + TITLE + height + GAP, upright);
        }

        void draw(Canvas canvas, int side) {
            int titleLine = Canvas.HEAD + SIZE;
            canvas.centred("predicted class", Font.PLAIN, SIZE, Canvas.INK, left + side / 2, titleLine);
            canvas.centred("recall", Font.PLAIN, SIZE, Canvas.INK, left + side + RECALL / 2, top - GAP);
            int x = Canvas.MARGIN + SIZE;
            String truth = "true class";
            int start = top + (side + Canvas.width(truth, Font.PLAIN, SIZE)) / 2;
            canvas.upwards(truth, Font.PLAIN, SIZE, Canvas.INK, x, start);
            for (int k = 0; k < names.size(); k++) {
                String name = names.get(k);
                int middle = k * CELL + CELL / 2;
                int right = left - GAP - Canvas.width(name, Font.BOLD, SIZE);
                canvas.text(name, Font.BOLD, SIZE, Canvas.INK, right, top + middle + 6);
                if (upright) {
                    canvas.upwards(name, Font.BOLD, SIZE, Canvas.INK, left + middle + 6, top - GAP);
                } else {
                    canvas.centred(name, Font.BOLD, SIZE, Canvas.INK, left + middle, top - GAP);
                }
            }
        }
    }
}
