package io.kadb.server.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files that are the messages of one topic, in the order of their names. A file is the
 * value of one message; each line of a file {@code *.lines} is one. A file {@code name.properties}
 * says key, timestamp and headers of the messages in {@code name.*}; alone it is a message without
 * a value.
 *
 * @param path where the folder lies; its name is the topic's
 */
public record MessageFolder(Path path) {
  private static final String LINES = ".lines";
  private static final String PROPERTIES = ".properties";
  private static final String HEADER = "header.";

  /** Returns those of all topics: each folder in the given one. */
  public static List<MessageFolder> in(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(Files::isDirectory).sorted().map(MessageFolder::new).toList();
    }
  }

  String topic() {
    return path.getFileName().toString();
  }

  /** Returns the messages in order, all for partition 0. */
  List<ProducerRecord<byte[], byte[]>> messages() throws IOException {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      List<Path> sorted = files.sorted().toList();
      List<String> stems = sorted.stream().map(MessageFolder::stem).distinct().toList();
      for (String stem : stems) {
        Properties about = about(path.resolve(stem + PROPERTIES));
        for (byte @Nullable [] value : values(sorted, stem)) {
          messages.add(message(about, value));
        }
      }
    }
    return messages;
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static List<byte @Nullable []> values(List<Path> files, String stem) throws IOException {
    List<byte @Nullable []> values = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!stem(file).equals(stem) || name.endsWith(PROPERTIES)) {
        continue;
      }
      if (name.endsWith(LINES)) {
        Files.readAllLines(file).forEach(line -> values.add(line.getBytes(StandardCharsets.UTF_8)));
      } else {
        values.add(Files.readAllBytes(file));
      }
    }
    if (values.isEmpty()) {
      values.add(null);
    }
    return values;
  }

  private static Properties about(Path file) {
    Properties about = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        about.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return about;
  }

  private ProducerRecord<byte[], byte[]> message(Properties about, byte @Nullable [] value) {
    String timestamp = about.getProperty("timestamp");
    List<Header> headers =
        about.stringPropertyNames().stream()
            .filter(name -> name.startsWith(HEADER))
            .sorted()
            .<Header>map(
                name ->
                    new RecordHeader(
                        name.substring(HEADER.length()), bytes(about.getProperty(name))))
            .toList();
    return new ProducerRecord<>(
        topic(),
        0,
        timestamp == null ? null : Instant.parse(timestamp).toEpochMilli(),
        bytes(about.getProperty("key")),
        value,
        headers);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
