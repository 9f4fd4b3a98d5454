package io.kadb.server.load.gpkafka;

import io.kadb.catalog.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Names of tables and columns as the file writes them, and as SQL does. */
final class SqlName {
  private static final int HASH_BYTES = 4;
  private static final String PUBLIC = "public";

  private SqlName() {}

  /** Returns the name that is meant: in double quotes as it stands, otherwise in lower case. */
  static String folded(String written) {
    String text = written.strip();
    int last = text.length() - 1;
    if (last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"') {
      return text.substring(1, last).replace("\"\"", "\"");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** Returns SQL that means the name. */
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /**
   * Returns the name for what is loaded from a topic into a table. In a schema for metadata the
   * target's schema is part of it, unless that is public.
   *
   * @param metadata the schema for metadata, if there is one
   */
  static TableName ofSource(Optional<String> metadata, TableName target, String topic) {
    String schema = metadata.orElse(target.schema());
    boolean plain = schema.equals(target.schema()) || target.schema().equals(PUBLIC);
    String table = plain ? target.table() : target.schema() + "_" + target.table();
    return new TableName(schema, ofSource(table, topic));
  }

  /** Where characters have to give way, a hash tells topics apart that would have one name. */
  private static String ofSource(String table, String topic) {
    String written = table + "_" + topic;
    StringBuilder name = new StringBuilder();
    written
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> name.appendCodePoint(Character.isLetterOrDigit(c) ? c : '_'));
    return name.toString().equals(written) ? written : name + "_" + hash(table + "\0" + topic);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
