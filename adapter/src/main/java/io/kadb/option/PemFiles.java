package io.kadb.option;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys from PEM files. */
final class PemFiles {
  private static final String BEGIN = "-----BEGIN ";

  private PemFiles() {}

  /** Returns the PEM text of a file, or of all files in a folder that hold certificates. */
  static String read(Given location) {
    String text;
    try {
      Path path = Path.of(location.value());
      text = Files.isDirectory(path) ? certificatesIn(path) : Files.readString(path);
    } catch (IOException | InvalidPathException e) {
      throw failure(location, "cannot read " + KadbException.shown(location.value()), e);
    }
    if (!text.contains(BEGIN)) {
      throw failure(
          location, KadbException.shown(location.value()) + " holds nothing in PEM form", null);
    }
    return text;
  }

  private static String certificatesIn(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(Files::isRegularFile).sorted().toList();
    }
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      if (text.contains(BEGIN + "CERTIFICATE")) {
        all.append(text.lines().collect(Collectors.joining("\n"))).append('\n');
      }
    }
    return all.toString();
  }

  private static KadbException failure(Given given, String what, @Nullable Exception cause) {
    return new KadbException(ErrorCode.BAD_OPTION_VALUE, given + ": " + what, cause);
  }
}
