package org.implicitdl.zoo.convert;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.implicitdl.convert.certify.RobustnessCurve;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.Table;

/** The curve of certified accuracy as a picture, a table, and a CSV file. */
public final class RobustnessReport {
    /** The names of the files. */
    public static final List<String> FILES = List.of("certified.png", "certified.csv", "certified.md");

    private static final double FLOOR = 1e-3;

    private RobustnessReport() {}

    /** Writes the files, and returns their paths. */
    public static List<Path> write(RobustnessCurve curve, String caption, OutputFolder folder) {
        return List.of(
                folder.write(FILES.get(0), figure(curve, caption)),
                folder.write(FILES.get(1), csv(curve)),
                folder.write(
                        FILES.get(2),
                        "# Certified accuracy\n\n" + caption + "\n\n"
                                + table(curve).toMarkdown()));
    }

    /** What was proven, and what an attack leaves, for each radius. */
    public static Table table(RobustnessCurve curve) {
        return new Table(
                List.of("sigma", "proven right", "right under attack"),
                curve.points().stream()
                        .map(point -> List.of(
                                String.format(Locale.ROOT, "%.4g", point.sigma()),
                                Percent.of(point.certified()),
                                Percent.of(point.attacked())))
                        .toList());
    }

    private static CsvFile csv(RobustnessCurve curve) {
        return new CsvFile(
                List.of("sigma", "certified", "attacked"),
                curve.points().stream()
                        .map(point -> List.<Object>of(point.sigma(), point.certified(), point.attacked()))
                        .toList());
    }

    private static Figure figure(RobustnessCurve curve, String caption) {
        Panel panel = new Panel(
                "accuracy within |u - u0| <= sigma",
                "sigma",
                Scale.LINEAR,
                "share of images",
                Scale.LINEAR_FROM_ZERO,
                FLOOR,
                List.of(
                        band(curve, "proven right", new Color(0x0072B2), RobustnessCurve.Point::certified),
                        band(curve, "right under attack", new Color(0xD55E00), RobustnessCurve.Point::attacked)));
        return new Figure("Certified accuracy", caption, List.of(List.of(panel)));
    }

    private static Band band(
            RobustnessCurve curve, String name, Color color, ToDoubleFunction<RobustnessCurve.Point> value) {
        double[] y = curve.points().stream().mapToDouble(value).toArray();
        double[] sigmas = curve.points().stream()
                .mapToDouble(RobustnessCurve.Point::sigma)
                .toArray();
        return new Band(name, color, false, sigmas, y, y, y);
    }
}
