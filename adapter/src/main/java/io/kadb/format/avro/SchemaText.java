package io.kadb.format.avro;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.Utf8;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Schemas as JSON text. Those met lately are kept for the whole process: Avro warns of whatever it
 * finds odd each time it parses a schema, which would be once per segment and statement.
 */
final class SchemaText {
  private static final int MAX_KEPT = 100;
  private static final int MAX_KEPT_CHARS = 10_000;

  private static final Map<String, Schema> KEPT = RecentlyUsed.map(MAX_KEPT);

  private SchemaText() {}

  /**
   * Returns the schema that bytes {@code [from, to)} say in UTF-8.
   *
   * @throws KadbException 22P04 if they do not
   */
  static Schema parse(byte[] bytes, int from, int to) {
    String json;
    try {
      json = Utf8.decode(bytes, from, to);
    } catch (KadbException e) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT,
          "found a schema in the message that is not text, wanted an Avro schema in UTF-8",
          e);
    }
    return parse(json);
  }

  /**
   * Returns the schema a text says. Names and defaults are not checked: what others have written
   * with is to be read.
   *
   * @throws KadbException 22P04 if it is not a schema
   */
  static Schema parse(String json) {
    Schema kept = KEPT.get(json);
    if (kept != null) {
      return kept;
    }
    Schema parsed = parse(json, List.of());
    if (json.length() <= MAX_KEPT_CHARS) {
      KEPT.put(json, parsed);
    }
    return parsed;
  }

  /**
   * Returns the schema a text says.
   *
   * @param known texts of schemas it uses by name, each after those it uses itself
   * @throws KadbException 22P04 if it is not a schema
   */
  static Schema parse(String json, List<String> known) {
    try {
      Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
      parser.setValidateDefaults(false);
      known.forEach(parser::parse);
      return parser.parse(json);
    } catch (RuntimeException e) {
      // Besides its own exceptions Avro's parser throws what Java does for texts it did not expect.
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT,
          "found "
              + KadbException.shown(json)
              + ", wanted an Avro schema: "
              + KadbException.shown(String.valueOf(e.getMessage())));
    }
  }
}
