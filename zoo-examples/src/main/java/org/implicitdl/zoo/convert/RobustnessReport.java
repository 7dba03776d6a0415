package org.implicitdl.zoo.convert;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.implicitdl.convert.certify.RobustnessCurve;
import org.implicitdl.zoo.report.Band;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.report.Figure;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Panel;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Scale;
import org.implicitdl.zoo.report.Table;

/** What is proven of a network as a picture, tables, and CSV files. */
public final class RobustnessReport {
    /** The names of the files that are always written. */
    public static final List<String> FILES = List.of("certified.md", "bounds.csv");
    /** The names of the files about classes. */
    public static final List<String> CLASS_FILES = List.of("certified.png", "certified.csv", "radii.csv");

    private static final double FLOOR = 1e-3;

    private RobustnessReport() {}

    /** Writes the files, those about classes only if there are any, and returns their paths. */
    public static List<Path> write(
            Proofs proofs, Optional<Robustness> robustness, String caption, OutputFolder folder) {
        List<Path> paths = new ArrayList<>();
        String text = tables(proofs, robustness).stream().map(Table::toMarkdown).collect(Collectors.joining("\n"));
        paths.add(folder.write(FILES.get(0), "# What is proven\n\n" + caption + "\n\n" + text));
        paths.add(folder.write(FILES.get(1), proofs.outputs().csv()));
        robustness.ifPresent(found -> {
            paths.add(folder.write(CLASS_FILES.get(0), figure(found, caption)));
            paths.add(folder.write(CLASS_FILES.get(1), csv(found.curve())));
            paths.add(folder.write(CLASS_FILES.get(2), found.csv()));
        });
        return paths;
    }

    /** The bounds on the outputs, the Lipschitz constants, and what was proven of classes. */
    public static List<Table> tables(Proofs proofs, Optional<Robustness> robustness) {
        return Stream.concat(
                        Stream.of(proofs.outputs().table(), proofs.constants().table()),
                        robustness.map(RobustnessReport::table).stream())
                .toList();
    }

    private static Table table(Robustness robustness) {
        return new Table(
                List.of("sigma", robustness.proven(), robustness.attacked()),
                robustness.curve().points().stream()
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

    private static Figure figure(Robustness robustness, String caption) {
        RobustnessCurve curve = robustness.curve();
        Panel panel = new Panel(
                "share of samples within |u - u0| <= sigma",
                "sigma",
                Scale.LINEAR,
                "share of samples",
                Scale.LINEAR_FROM_ZERO,
                FLOOR,
                List.of(
                        band(curve, robustness.proven(), new Color(0x0072B2), RobustnessCurve.Point::certified),
                        band(curve, robustness.attacked(), new Color(0xD55E00), RobustnessCurve.Point::attacked)));
        return new Figure("Certified robustness", caption, List.of(List.of(panel)));
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
