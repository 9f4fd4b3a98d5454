package io.kadb.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Where the binary files in {@code messages} come from; {@link #main} writes them anew. */
final class AvroMessages {
  private static final String FIRST_YEAR =
      """
      {"type": "record", "name": "Trip", "fields": [
        {"name": "id", "type": "long"},
        {"name": "vehicle", "type": {"type": "enum", "name": "Vehicle", "symbols": ["BIKE", "CAR"]}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "started_at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "billed_on", "type": "int", "logicalType": "date"},
        {"name": "stops", "type": {"type": "array", "items":
          {"type": "record", "name": "Stop", "fields": [
            {"name": "lat", "type": "double"}, {"name": "lon", "type": "double"}]}}},
        {"name": "remark", "type": ["null", "string"]}]}
      """;

  /** Other fields, in another order; prices have three digits behind the point. */
  private static final String SECOND_YEAR =
      """
      {"type": "record", "name": "Trip", "fields": [
        {"name": "id", "type": "long"},
        {"name": "vehicle", "type": {"type": "enum", "name": "Vehicle", "symbols": ["BIKE", "FERRY"]}},
        {"name": "note", "type": ["null", "string"]},
        {"name": "paused", "type": {"type": "fixed", "name": "Paused", "size": 12, "logicalType": "duration"}},
        {"name": "km", "type": "float"},
        {"name": "started_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 3}}]}
      """;

  private AvroMessages() {}

  /** Writes all files. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Path path = Repository.examples().resolve("messages").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Returns what is in each file, by its path below {@code messages}. */
  static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        "trips/1-first-year.avro", container("null", firstYear(1, "BIKE"), firstYear(2, "CAR")));
    files.put("trips/2-second-year.avro", container("deflate", secondYear()));
    files.put("trips_raw/1-record.bin", datum(firstYear(3, "CAR")));
    return files;
  }

  private static GenericRecord firstYear(long id, String vehicle) {
    GenericRecord trip = record(FIRST_YEAR);
    trip.put("id", id);
    trip.put("vehicle", symbol(trip, vehicle));
    trip.put("price", decimal("12.34"));
    trip.put("started_at", sinceEpoch("2024-12-31T23:59:59.123456Z", ChronoUnit.MICROS));
    trip.put("billed_on", (int) LocalDate.of(2025, 1, 31).toEpochDay());
    GenericRecord stop =
        new GenericData.Record(trip.getSchema().getField("stops").schema().getElementType());
    stop.put("lat", 59.913);
    stop.put("lon", 10.752);
    trip.put("stops", id == 1 ? List.of(stop, stop) : List.of());
    trip.put("remark", id == 1 ? null : "late");
    return trip;
  }

  private static GenericRecord secondYear() {
    GenericRecord trip = record(SECOND_YEAR);
    trip.put("id", 4L);
    trip.put("vehicle", symbol(trip, "FERRY"));
    trip.put("note", "on time");
    // Months, days, milliseconds.
    ByteBuffer paused = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    paused.putInt(0).putInt(1).putInt(90_500);
    trip.put(
        "paused",
        new GenericData.Fixed(trip.getSchema().getField("paused").schema(), paused.array()));
    trip.put("km", 7.5f);
    trip.put("started_at", sinceEpoch("2025-06-01T12:00:00.500Z", ChronoUnit.MILLIS));
    trip.put("price", decimal("8.005"));
    return trip;
  }

  private static GenericRecord record(String schema) {
    return new GenericData.Record(new Schema.Parser().parse(schema));
  }

  private static GenericData.EnumSymbol symbol(GenericRecord trip, String name) {
    return new GenericData.EnumSymbol(trip.getSchema().getField("vehicle").schema(), name);
  }

  private static ByteBuffer decimal(String number) {
    return ByteBuffer.wrap(new BigDecimal(number).unscaledValue().toByteArray());
  }

  private static long sinceEpoch(String time, ChronoUnit unit) {
    return unit.between(Instant.EPOCH, Instant.parse(time));
  }

  private static byte[] container(String codec, GenericRecord... records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Usually random; this way the files are the same each time.
    byte[] sync = "sync-in-examples".getBytes(StandardCharsets.US_ASCII);
    Schema schema = records[0].getSchema();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec)).create(schema, out, sync);
      for (GenericRecord each : records) {
        writer.append(each);
      }
    }
    return out.toByteArray();
  }

  private static byte[] datum(GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
