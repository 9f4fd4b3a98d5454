package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.csv.CsvEncoder;
import io.kadb.format.csv.CsvOptions;
import io.kadb.format.delimited.DelimitedEncoder;
import io.kadb.format.delimited.DelimitedOptions;
import io.kadb.format.json.JsonEncoder;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats in which messages can be written, by name. */
public final class WrittenFormats {
  private static final List<String> NAMES = List.of("text", "csv", "delimited", "json", "binary");

  private WrittenFormats() {}

  /**
   * Returns a maker of encoders.
   *
   * @param format the format's name in any case
   * @param options where to look up the options the format takes
   * @throws KadbException 0A000 if the format can only be read, HV024 if there is no such format,
   *     or an option has a wrong value
   */
  public static EncoderFactory of(String format, FormatOptions options) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "text" -> columns -> texts -> texts[0] == null ? null : utf8(texts[0]);
      case "binary" -> columns -> texts -> texts[0] == null ? null : bytes(texts[0]);
      case "csv" -> csv(options);
      case "delimited" -> {
        DelimitedOptions delimited = DelimitedOptions.of(options);
        yield columns -> new DelimitedEncoder(columns, delimited);
      }
      case "json" -> JsonEncoder::new;
      default -> throw unwritable(format);
    };
  }

  private static EncoderFactory csv(FormatOptions options) {
    Optional<DelimitedOptions> ofCopy = DelimitedOptions.ofCsv(options);
    if (ofCopy.isPresent()) {
      return columns -> new DelimitedEncoder(columns, ofCopy.get());
    }
    CsvOptions csv = CsvOptions.of(options);
    return columns -> new CsvEncoder(columns, csv);
  }

  private static KadbException unwritable(String format) {
    if (!Formats.names().contains(format.toLowerCase(Locale.ROOT))) {
      return FormatOptions.badValue("format", format, "one of " + String.join(", ", NAMES));
    }
    return new KadbException(
            ErrorCode.UNSUPPORTED, "messages in format " + format + " can be read, but not written")
        .withHint("tables to write to have one of the formats " + String.join(", ", NAMES));
  }

  /** Half of a surrogate pair becomes a question mark, which is noticed when it is read back. */
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return (byte[]) TextInput.of(ColumnType.BYTEA).read(text);
  }
}
