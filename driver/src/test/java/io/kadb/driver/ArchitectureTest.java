package io.kadb.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may import whom, as the packages say of themselves. */
class ArchitectureTest {
  private static final JavaClasses DRIVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kadb.driver");

  @Test
  void importsPackagesInOneDirection() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("root")
        .definedBy("io.kadb.driver")
        .layer("jdbc")
        .definedBy("io.kadb.driver.jdbc")
        .layer("wire")
        .definedBy("io.kadb.driver.wire")
        .layer("value")
        .definedBy("io.kadb.driver.value")
        .layer("error")
        .definedBy("io.kadb.driver.error")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("jdbc")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("root", "jdbc")
        .whereLayer("value")
        .mayOnlyBeAccessedByLayers("jdbc", "wire")
        .check(DRIVER);
  }

  @Test
  void importsHttpAndJsonInOneRoomOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kadb.driver.wire")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc..", "com.fasterxml..")
        .check(DRIVER);
  }

  @Test
  void needsNothingButItsLibrariesAndTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.kadb.driver..",
            "java..",
            "javax..",
            "org.ietf.jgss..",
            "org.apache.hc.core5..",
            "com.fasterxml.jackson.core..",
            "org.jspecify..")
        .check(DRIVER);
  }
}
