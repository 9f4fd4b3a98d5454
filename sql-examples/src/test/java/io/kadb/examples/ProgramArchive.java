package io.kadb.examples;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * How {@code kadb} starts when it is to be run many times: a first run notes the classes it loaded,
 * and later ones start in less than half the time. The JVM asks for a class path of jars for that.
 */
final class ProgramArchive {
  private final List<String> program;
  private final Path archive;

  private ProgramArchive(List<String> program, Path archive) {
    this.program = program;
    this.archive = archive;
  }

  /** Makes jars of what is not one; {@link #firstRun} comes next. */
  static ProgramArchive in(Path folder) throws IOException {
    List<String> program = new ArrayList<>(CommandLineRun.command());
    program.removeIf(word -> word.startsWith("-Dkadb.terminal"));
    int classPath = program.indexOf("-cp") + 1;
    List<String> jars = new ArrayList<>();
    for (String entry : program.get(classPath).split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, folder.resolve("classes-" + jars.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    program.set(classPath, String.join(File.pathSeparator, jars));
    return new ProgramArchive(program, folder.resolve("kadb.jsa"));
  }

  /** The words that begin the run which notes its classes. */
  List<String> firstRun() {
    return with("-XX:ArchiveClassesAtExit=" + archive);
  }

  /** The words that begin each later run. */
  List<String> laterRun() {
    return with("-XX:SharedArchiveFile=" + archive);
  }

  private List<String> with(String option) {
    List<String> words = new ArrayList<>(program);
    words.addAll(1, List.of(option, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    return words;
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        var paths = Files.walk(classes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(path).toString()));
        Files.copy(path, zip);
      }
    }
    return jar;
  }
}
