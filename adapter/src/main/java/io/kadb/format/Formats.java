package io.kadb.format;

import io.kadb.error.KadbException;
import io.kadb.format.avro.AvroDecoder;
import io.kadb.format.avro.AvroOptions;
import io.kadb.format.avro.RawAvroDecoder;
import io.kadb.format.avro.RegistryAvroDecoder;
import io.kadb.format.avro.SchemaRegistry;
import io.kadb.format.csv.CsvDecoder;
import io.kadb.format.csv.CsvOptions;
import io.kadb.format.json.JsonDecoder;
import io.kadb.format.text.TextDecoder;
import java.util.List;
import java.util.Locale;

/** The formats by name. */
public final class Formats {
  private static final List<String> NAMES =
      List.of("text", "csv", "json", "avro", "avro_raw", "avro_registry");

  private Formats() {}

  /** Returns the names of the formats there are, in lower case. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Returns a maker of decoders.
   *
   * @param format the format's name in any case
   * @param options where to look up the options the format takes; others are not asked for
   * @throws KadbException HV024 if there is no such format, or an option has a wrong value
   */
  public static DecoderFactory of(String format, FormatOptions options) {
    MessageLimits limits = limits(options);
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "text" -> shape -> new TextDecoder(shape, limits);
      case "csv" -> {
        CsvOptions csv = CsvOptions.of(options);
        yield shape -> new CsvDecoder(shape, csv, limits);
      }
      case "json" -> shape -> new JsonDecoder(shape, limits);
      case "avro" -> {
        AvroOptions avro = AvroOptions.of(options);
        yield shape -> new AvroDecoder(shape, avro, limits);
      }
      case "avro_raw" -> {
        AvroOptions avro = AvroOptions.ofBareValues(options);
        yield shape -> new RawAvroDecoder(shape, avro, limits);
      }
      case "avro_registry" -> {
        AvroOptions avro = AvroOptions.of(options);
        SchemaRegistry registry = SchemaRegistry.of(options);
        yield shape -> new RegistryAvroDecoder(shape, avro, registry, limits);
      }
      default ->
          throw FormatOptions.badValue("format", format, "one of " + String.join(", ", NAMES));
    };
  }

  /** Returns whether columns of a format can say their place in the document. */
  public static boolean readsPaths(String format) {
    return format.equalsIgnoreCase("json");
  }

  private static MessageLimits limits(FormatOptions options) {
    return new MessageLimits(
        options.positive("k_max_message_rows", MessageLimits.DEFAULT.maxRows()),
        options.positive("k_max_message_bytes", MessageLimits.DEFAULT.maxBytes()));
  }
}
