package io.kadb.format;

import io.kadb.error.KadbException;
import io.kadb.format.avro.AvroDecoder;
import io.kadb.format.avro.AvroOptions;
import io.kadb.format.avro.RawAvroDecoder;
import io.kadb.format.avro.RegistryAvroDecoder;
import io.kadb.format.avro.SchemaRegistry;
import io.kadb.format.binary.BinaryDecoder;
import io.kadb.format.csv.CsvDecoder;
import io.kadb.format.csv.CsvOptions;
import io.kadb.format.delimited.DelimitedDecoder;
import io.kadb.format.delimited.DelimitedOptions;
import io.kadb.format.json.JsonDecoder;
import io.kadb.format.json.RowUnit;
import io.kadb.format.text.TextDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats by name. */
public final class Formats {
  private static final List<String> NAMES =
      List.of("text", "csv", "delimited", "json", "avro", "avro_raw", "avro_registry", "binary");

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
      case "binary" -> shape -> new BinaryDecoder(shape, limits);
      case "csv" -> csv(options, limits);
      case "delimited" -> {
        DelimitedOptions delimited = DelimitedOptions.of(options);
        yield shape -> new DelimitedDecoder(shape, delimited, limits);
      }
      case "json" -> {
        RowUnit unit = RowUnit.of(options);
        yield shape -> new JsonDecoder(shape, unit, limits);
      }
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

  private static DecoderFactory csv(FormatOptions options, MessageLimits limits) {
    Optional<DelimitedOptions> ofCopy = DelimitedOptions.ofCsv(options);
    if (ofCopy.isPresent()) {
      return shape -> new DelimitedDecoder(shape, ofCopy.get(), limits);
    }
    CsvOptions csv = CsvOptions.of(options);
    return shape -> new CsvDecoder(shape, csv, limits);
  }

  /** Returns whether columns of a format can say a place in the document they come from. */
  public static boolean readsPath(String format, String path) {
    String name = format.toLowerCase(Locale.ROOT);
    return name.equals("json") || (path.isEmpty() && name.startsWith("avro"));
  }

  private static MessageLimits limits(FormatOptions options) {
    return new MessageLimits(
        options.positive("k_max_message_rows", MessageLimits.DEFAULT.maxRows()),
        options.positive("k_max_message_bytes", MessageLimits.DEFAULT.maxBytes()));
  }
}
