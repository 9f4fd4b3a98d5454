package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.FormatOptions;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * How records become rows.
 *
 * @param readerSchema the schema records are read as; empty if they are read as they are written
 * @param match how columns find their fields
 * @param jsonBytes how bytes are written in JSON text
 */
public record AvroOptions(Optional<Schema> readerSchema, Match match, JsonBytes jsonBytes) {
  /** How columns find their fields. */
  public enum Match {
    /** The first column takes the first field, and so on. */
    POSITION,
    /** A column takes the field of its name. */
    NAME
  }

  /** How bytes are written in JSON text. */
  public enum JsonBytes {
    /** As PostgreSQL writes BYTEA: {@code \\x} and two digits for each byte. */
    HEX,
    /** As RFC 4648, section 4, has it. */
    BASE64
  }

  /** What holds where no option says otherwise. */
  public static final AvroOptions DEFAULT =
      new AvroOptions(Optional.empty(), Match.POSITION, JsonBytes.HEX);

  /**
   * Returns the options given, and the usual ones for others.
   *
   * @throws KadbException HV024 for a wrong value
   */
  public static AvroOptions of(FormatOptions options) {
    return new AvroOptions(
        options.text("avro_schema").map(AvroOptions::schema), match(options), jsonBytes(options));
  }

  /**
   * Returns the options for values that do not bring their schema, which {@code avro_schema} gives.
   *
   * @throws KadbException HV002 if it is missing, HV024 for a wrong value
   */
  public static AvroOptions ofBareValues(FormatOptions options) {
    AvroOptions made = of(options);
    if (made.readerSchema.isEmpty()) {
      throw new KadbException(
              ErrorCode.MISSING_OPTION, "format avro_raw: missing option avro_schema")
          .withHint("ALTER FOREIGN TABLE … OPTIONS (ADD avro_schema '…')");
    }
    return made;
  }

  private static Match match(FormatOptions options) {
    String text = options.text("avro_match").orElse("position");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "position" -> Match.POSITION;
      case "name" -> Match.NAME;
      default -> throw FormatOptions.badValue("avro_match", text, "position or name");
    };
  }

  private static JsonBytes jsonBytes(FormatOptions options) {
    String text = options.text("avro_json_bytes").orElse("hex");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "hex" -> JsonBytes.HEX;
      case "base64" -> JsonBytes.BASE64;
      default -> throw FormatOptions.badValue("avro_json_bytes", text, "hex or base64");
    };
  }

  private static Schema schema(String json) {
    try {
      return SchemaText.parse(json);
    } catch (KadbException e) {
      throw new KadbException(ErrorCode.BAD_OPTION_VALUE, "option avro_schema: " + e.getMessage());
    }
  }
}
