package io.kadb;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout: which package may import which, and how classes are named and sized. */
class ArchitectureTest {
  private static final int LONGEST_FILE = 400;

  /** Long because the JDBC interfaces they fill are: one method each that refuses or forwards. */
  private static final Set<String> LONG_BY_NATURE = Set.of("ForwardResultSet.java", "Traits.java");

  private static final JavaClasses MAIN = new ClassFileImporter().importPath(mainClasses());

  private static Path mainClasses() {
    return Path.of(
        URI.create(
            KadbException.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /** Each package with all packages of kadb that it may import, lowest first. */
  static Stream<Arguments> packages() {
    return Stream.of(
        arguments("error", ""),
        arguments("message", "error"),
        arguments("tls", ""),
        arguments("option", "tls error"),
        arguments("type", "error"),
        arguments("format", "tls type message error"),
        arguments("catalog", "option type error"),
        arguments("kafka", "option message error"),
        arguments("store", "catalog message option type error"),
        arguments("scan", "catalog message error"),
        arguments("load", "scan format kafka store catalog option type message error"),
        arguments("sql", "load scan format kafka store catalog option type message error"),
        arguments("jdbc", "sql load scan format kafka store catalog option type message error"));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyWhatLiesBelow(String name, String allowed) {
    String[] packages =
        Stream.concat(Stream.of(name), Stream.of(allowed.split(" ")).filter(p -> !p.isEmpty()))
            .map(p -> "io.kadb." + p + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.kadb." + name + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("io.kadb..").and(not(resideInAnyPackage(packages))))
        .check(MAIN);
  }

  @Test
  void knowsEveryPackage() {
    Set<String> known =
        packages().map(a -> "io.kadb." + a.get()[0]).collect(Collectors.toCollection(TreeSet::new));
    Set<String> found =
        MAIN.stream()
            .map(c -> c.getPackageName().split("\\."))
            .map(parts -> String.join(".", List.of(parts).subList(0, 3)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.., kafka",
    "org.apache.calcite.., sql jdbc",
    "org.postgresql.., store",
    "org.sqlite.., store",
    "org.apache.commons.dbcp2.., store",
    "org.apache.commons.csv.., format"
  })
  void keepsALibraryInItsPackage(String library, String owners) {
    String[] packages =
        Stream.of(owners.split(" ")).map(o -> "io.kadb." + o + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(MAIN);
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    slices().matching("io.kadb.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void logsThroughSlf4jOnly() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "ch.qos.logback..", "org.apache.logging..", "org.apache.commons.logging.."))
        .check(MAIN);
    noClasses().should().accessField(System.class, "out").check(MAIN);
    noClasses().should().accessField(System.class, "err").check(MAIN);
  }

  @Test
  void avoidsNamesThatSayNothing() {
    noClasses()
        .that()
        .areNotAnonymousClasses()
        .and()
        // JDBC's own word for what describes a result, a database, a parameter.
        .haveSimpleNameNotEndingWith("MetaData")
        .should()
        .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Base|Processor|Info|Data)")
        .check(MAIN);
  }

  @Test
  void leavesNoClassOpenForExtensionByAccident() {
    assertThat(MAIN.stream())
        .filteredOn(c -> c.isTopLevelClass() && !c.isInterface() && !c.isEnum())
        .filteredOn(c -> !c.getModifiers().contains(JavaModifier.FINAL))
        .filteredOn(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
        .filteredOn(c -> !c.reflect().isSealed())
        .isEmpty();
  }

  @Test
  void marksEveryPackageAsFreeOfNullUnlessSaid() {
    Set<String> packages =
        MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    Set<String> marked =
        MAIN.stream()
            .filter(c -> c.getSimpleName().equals("package-info"))
            .filter(c -> c.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).contains("io.kadb.format.csv", "io.kadb.sql");
    assertThat(marked).isEqualTo(packages);
  }

  @Test
  void keepsFilesShort() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> tooLong = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        long lines = Files.readAllLines(file).size();
        String name = file.getFileName().toString();
        if (lines > LONGEST_FILE && !LONG_BY_NATURE.contains(name)) {
          tooLong.add(name + ": " + lines);
        }
      }
      assertThat(tooLong).isEmpty();
    }
  }
}
