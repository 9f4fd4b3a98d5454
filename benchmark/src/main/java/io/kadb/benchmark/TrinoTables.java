package io.kadb.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;

/**
 * What Trino is told of the topics: a file for each form, with the columns of {@link Order} as
 * exactly as its decoders can. None of them knows DECIMAL or a TIMESTAMP with microseconds; those
 * columns are text, in JSON also a double, in Avro the bytes and the number that the schema has.
 */
final class TrinoTables {
  private static final List<String> NAMES =
      List.of("id", "customer", "quantity", "weight", "ordered", "paid", "note", "amount");
  private static final List<String> AVRO =
      List.of(
          "BIGINT", "VARCHAR", "INTEGER", "DOUBLE", "BIGINT", "BOOLEAN", "VARCHAR", "VARBINARY");
  private static final List<String> CSV =
      List.of("BIGINT", "VARCHAR", "INTEGER", "DOUBLE", "VARCHAR", "BOOLEAN", "VARCHAR", "VARCHAR");
  private static final List<String> JSON =
      List.of("BIGINT", "VARCHAR", "INTEGER", "DOUBLE", "VARCHAR", "BOOLEAN", "VARCHAR", "DOUBLE");

  private TrinoTables() {}

  /** Writes the descriptions of all forms into this folder. */
  static void describe(Path folder) throws IOException {
    Path schema = Files.writeString(folder.resolve("order.avsc"), avroSchema());
    for (Form form : Form.values()) {
      Files.writeString(
          folder.resolve(form.topic() + ".json"),
          """
          {"tableName": "%1$s", "schemaName": "default", "topicName": "%1$s", "message": %2$s}
          """
              .formatted(form.topic(), message(form, schema)));
    }
  }

  private static String message(Form form, Path schema) {
    return switch (form) {
      case TEXT ->
          """
          {"dataFormat": "raw", "fields": [{"name": "line", "type": "VARCHAR", "mapping": "0"}]}""";
      case CSV -> message("\"csv\"", CSV, true);
      case JSON -> message("\"json\"", JSON, false);
      case AVRO, AVRO100 -> message("\"avro\", \"dataSchema\": \"" + schema + '"', AVRO, false);
    };
  }

  private static String message(String format, List<String> types, boolean byPlace) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      fields.add(
          String.format(
              Locale.ROOT,
              "{\"name\": \"%s\", \"type\": \"%s\", \"mapping\": \"%s\"}",
              NAMES.get(i),
              types.get(i),
              byPlace ? i : NAMES.get(i)));
    }
    return "{\"dataFormat\": " + format + ", \"fields\": [" + String.join(", ", fields) + "]}";
  }

  /** The schema as the containers hold it. */
  private static String avroSchema() throws IOException {
    byte[] container = AvroOrders.container(List.of(Order.next(0, new SplittableRandom(0))));
    try (DataFileStream<Object> file =
        new DataFileStream<>(new ByteArrayInputStream(container), new GenericDatumReader<>())) {
      return file.getSchema().toString();
    }
  }
}
