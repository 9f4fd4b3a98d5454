package io.kadb.option;

import java.util.List;
import java.util.regex.Pattern;

/** Words and forms that values of options take. */
final class Forms {
  /** The formats a message can have. */
  static final List<String> FORMATS =
      List.of("text", "csv", "delimited", "json", "avro", "avro_raw", "avro_registry", "binary");

  /** The names Kafka allows for topics. */
  static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  /** A count of messages, or a percentage. */
  static final Pattern REJECT_LIMIT = Pattern.compile("[0-9]{1,18}|(?:100|[0-9]{1,2})%");

  private static final String ADDRESS =
      "\\s*https?://(?:\\[[0-9A-Fa-f:.%]+]|[^\\s,/?#@:\\[\\]]+)(?::[0-9]{1,5})?(?:/[^\\s,?#@]*)?\\s*";

  /** Addresses of a registry, none with a user's name. */
  static final Pattern ADDRESSES = Pattern.compile(ADDRESS + "(?:," + ADDRESS + ")*");

  /** A part of the message other than its value. */
  static final Pattern SOURCE =
      Pattern.compile("key|header:.+|partition|offset|timestamp|topic|meta");

  /** A JSON Pointer: RFC 6901, section 3. No group repeats: a long text would need much stack. */
  static final Pattern POINTER = Pattern.compile("(?s)(?!.*~(?![01]))(?:/.*)?");

  private Forms() {}
}
