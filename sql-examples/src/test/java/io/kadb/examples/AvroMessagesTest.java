package io.kadb.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** The binary files hold what {@link AvroMessages} says. */
class AvroMessagesTest {
  @Test
  void theFilesHoldTheRecordsOfTheSource() throws IOException {
    for (Map.Entry<String, byte[]> file : AvroMessages.files().entrySet()) {
      byte[] there =
          Files.readAllBytes(Repository.examples().resolve("messages").resolve(file.getKey()));
      if (file.getKey().endsWith(".avro")) {
        // Compressed bytes may differ from machine to machine.
        assertThat(content(there)).as(file.getKey()).isEqualTo(content(file.getValue()));
      } else {
        assertThat(there).as(file.getKey()).isEqualTo(file.getValue());
      }
    }
  }

  /** Returns schema, codec and records as texts. */
  private static List<String> content(byte[] container) throws IOException {
    List<String> content = new ArrayList<>();
    try (DataFileStream<GenericRecord> stream =
        new DataFileStream<>(new ByteArrayInputStream(container), new GenericDatumReader<>())) {
      content.add(stream.getSchema().toString());
      content.add(stream.getMetaString("avro.codec"));
      stream.forEach(record -> content.add(record.toString()));
    }
    return content;
  }
}
