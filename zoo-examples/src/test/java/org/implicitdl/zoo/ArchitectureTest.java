package org.implicitdl.zoo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;

/** The rules of the architecture, over the classes of all modules: this one depends on every other. */
@AnalyzeClasses(packages = "org.implicitdl", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.implicitdl.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheLayerAndTheModulesAboveTheCoreKnowDeeplearning4j = noClasses()
            .that()
            .resideInAPackage("org.implicitdl..")
            .and()
            .resideOutsideOfPackages(
                    "org.implicitdl.layer..",
                    "org.implicitdl.convert..",
                    "org.implicitdl.train..",
                    "org.implicitdl.zoo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.deeplearning4j..");

    @ArchTest
    static final ArchRule onlySparkTrainingKnowsSpark = noClasses()
            .that()
            .resideOutsideOfPackage("org.implicitdl.train.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule onlyTheArbiterPluginAndItsSearchesKnowArbiter = noClasses()
            .that()
            .resideOutsideOfPackages("org.implicitdl.train.arbiter..", "org.implicitdl.zoo.compare.search..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.deeplearning4j.arbiter..");

    @ArchTest
    static final ArchRule onlyTheChartsAndSearchesKnowTheTrainingUi = noClasses()
            .that()
            .resideOutsideOfPackages("org.implicitdl.layer.ui..", "org.implicitdl.zoo.compare.search..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j.ui..", "org.deeplearning4j.core.storage..", "io.vertx..");

    // What Maven's modules enforce as well, stated for whoever moves a package to another module.
    @ArchTest
    static final ArchRule theCoreKnowsNoModuleAboveIt = noClasses()
            .that()
            .resideOutsideOfPackages("org.implicitdl.convert..", "org.implicitdl.train..", "org.implicitdl.zoo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.implicitdl.convert..", "org.implicitdl.train..", "org.implicitdl.zoo..");

    @ArchTest
    static final ArchRule convertersKnowNeitherTrainersNorExamples = noClasses()
            .that()
            .resideInAPackage("org.implicitdl.convert..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.implicitdl.train..", "org.implicitdl.zoo..");

    @ArchTest
    static final ArchRule trainersKnowNoExamples = noClasses()
            .that()
            .resideInAPackage("org.implicitdl.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.implicitdl.zoo..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackage("org.implicitdl.zoo.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule onlyReportsKnowTheChartLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("org.implicitdl.zoo.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm..", "org.apache.commons.csv..");

    /** A rule that never sees a violation proves nothing: the same rule, turned on a class that breaks it. */
    @Test
    void aCoreClassThatUsesDeeplearning4jIsReported() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.implicitdl..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..");

        assertThat(rule.evaluate(offender).hasViolation()).isTrue();
    }

    @SuppressWarnings("unused")
    private static final class Offender {
        private NeuralNetConfiguration configuration;
    }
}
