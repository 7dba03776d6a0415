package org.implicitdl.zoo.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.AffineTransform;
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
    private static final int LEFT = 120;
    private static final int TOP = Canvas.HEAD + 75;
    private static final int RECALL = 110;
    private static final int SMALLEST_WIDTH = 860;
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
        int side = CELL * classes.size();
        Canvas canvas = new Canvas(
                Math.max(SMALLEST_WIDTH, LEFT + side + RECALL + Canvas.MARGIN),
                TOP + side + Canvas.MARGIN,
                title,
                caption);
        drawTitles(canvas, side);
        for (int i = 0; i < classes.size(); i++) {
            canvas.centred(classes.get(i), Font.BOLD, 17, Canvas.INK, LEFT - 25, TOP + i * CELL + CELL / 2 + 6);
            canvas.centred(classes.get(i), Font.BOLD, 17, Canvas.INK, LEFT + i * CELL + CELL / 2, TOP - 14);
            drawRow(canvas, i, side);
        }
        canvas.writeTo(stream);
    }

    private static void drawTitles(Canvas canvas, int side) {
        canvas.centred("predicted class", Font.PLAIN, 17, Canvas.INK, LEFT + side / 2, TOP - 48);
        canvas.centred("recall", Font.PLAIN, 17, Canvas.INK, LEFT + side + RECALL / 2, TOP - 14);
        AffineTransform upright = canvas.graphics().getTransform();
        canvas.graphics().rotate(-Math.PI / 2, LEFT - 65, TOP + side / 2.0);
        canvas.centred("true class", Font.PLAIN, 17, Canvas.INK, LEFT - 65, TOP + side / 2);
        canvas.graphics().setTransform(upright);
    }

    private void drawRow(Canvas canvas, int row, int side) {
        int total = Arrays.stream(counts[row]).sum();
        int y = TOP + row * CELL;
        for (int column = 0; column < classes.size(); column++) {
            double part = total == 0 ? 0 : (double) counts[row][column] / total;
            double shade = row == column ? part : Math.pow(part, 1 / 3.0);
            int x = LEFT + column * CELL;
            canvas.graphics().setColor(mixed(row == column ? RIGHT : WRONG, shade));
            canvas.graphics().fillRect(x, y, CELL, CELL);
            canvas.graphics().setColor(GRID);
            canvas.graphics().drawRect(x, y, CELL, CELL);
            if (counts[row][column] > 0) {
                Color ink = shade > 0.55 ? Color.WHITE : Canvas.INK;
                String count = String.valueOf(counts[row][column]);
                canvas.centred(count, Font.PLAIN, 17, ink, x + CELL / 2, y + CELL / 2 + 6);
            }
        }
        String recall = total == 0 ? "-" : Percent.of(counts[row][row], total);
        canvas.centred(recall, Font.PLAIN, 17, Canvas.INK, LEFT + side + RECALL / 2, y + CELL / 2 + 6);
    }

    private static Color mixed(Color color, double shade) {
        return new Color(
                channel(color.getRed(), shade), channel(color.getGreen(), shade), channel(color.getBlue(), shade));
    }

    private static int channel(int value, double shade) {
        return (int) Math.round(255 + (value - 255) * shade);
    }
}
