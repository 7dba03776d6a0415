package org.implicitdl.zoo.fit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.HiddenLayers;
import org.implicitdl.zoo.fit.TableFit;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.SchemaOptions;
import org.implicitdl.zoo.table.TableData;
import org.implicitdl.zoo.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

class FitReportTest {
    @TempDir
    private Path folder;

    private static FitResults fit(CsvTable table) {
        TableData data = TableData.of(table, SchemaOptions.label("b"));
        FitSettings settings =
                new FitSettings(BcdSettings.withDefaults(), new HiddenLayers(List.of(), Activation.TANH), 1);
        return TableFit.run(settings, data, data.holdingOut(0.5, 1), Progress.none());
    }

    private static FitResults fit() {
        return fit(Tables.of("a,b", "1,x|y", "2,z", "1,x|y", "2,z"));
    }

    @Test
    void aModelThatGivesOtherOutputsIsFoundBeforeAReportSaysThatItIsRight() {
        FitResults results = fit();
        FitResults others = new FitResults(
                results.settings(),
                results.data(),
                results.split(),
                results.model(),
                results.trained(),
                results.predicted().add(1e-9),
                results.trainingCurve(),
                results.seconds());

        assertThatIllegalStateException()
                .isThrownBy(() -> FitReport.write(others, List.of(), OutputFolder.open(folder)))
                .withMessageContaining("model.zip");
        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    @Test
    void aClassWithABarDoesNotBreakTheTables() throws Exception {
        List<Path> files = FitReport.write(fit(), List.of("one thread"), OutputFolder.open(folder));

        assertThat(files.stream().map(file -> file.getFileName().toString()))
                .containsExactlyElementsOf(FitReport.FILES);
        assertThat(Files.readString(files.get(0)))
                .contains("| x\\|y ", "from 1 feature\n", "2 rows for training", "one thread")
                .doesNotContain("1 features", "x|y");
    }
}
