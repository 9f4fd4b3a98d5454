package io.kadb.option;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The kind of text an option takes as its value. */
public sealed interface ValueType
    permits ValueType.Text,
        ValueType.Range,
        ValueType.Bool,
        ValueType.Choice,
        ValueType.OneByte,
        ValueType.Json,
        ValueType.Matching {

  /** Returns the type's name in one or two words, as the view of options shows it. */
  String label();

  /** Returns what a value must be, as it follows "is not" in an error: "an integer from 1 to 5". */
  String wanted();

  /** Returns whether a value is allowed. */
  boolean accepts(String value);

  /** Returns what is wrong with a value that is not allowed, as it follows the value. */
  default String refusal() {
    return " is not " + wanted();
  }

  /**
   * Any text.
   *
   * @param minLength the least number of characters
   */
  record Text(int minLength) implements ValueType {
    @Override
    public String label() {
      return "text";
    }

    @Override
    public String wanted() {
      return minLength == 0 ? "a text" : "a text that is not empty";
    }

    @Override
    public String refusal() {
      return " is empty";
    }

    @Override
    public boolean accepts(String value) {
      return value.length() >= minLength;
    }
  }

  /**
   * An integer in decimal digits, with nothing before or after it.
   *
   * @param min the least value
   * @param max the greatest value
   */
  record Range(long min, long max) implements ValueType {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

    @Override
    public String label() {
      return "integer";
    }

    @Override
    public String wanted() {
      return "an integer from " + min + " to " + max;
    }

    @Override
    public boolean accepts(String value) {
      if (!DIGITS.matcher(value).matches()) {
        return false;
      }
      try {
        long number = Long.parseLong(value);
        return min <= number && number <= max;
      } catch (NumberFormatException tooLong) {
        return false;
      }
    }
  }

  /** A boolean: {@code true}, {@code false}, {@code on} or {@code off} in any case. */
  record Bool() implements ValueType {
    @Override
    public String label() {
      return "boolean";
    }

    @Override
    public String wanted() {
      return "a boolean (true, false, on, off)";
    }

    @Override
    public boolean accepts(String value) {
      return isTrue(value) || value.equalsIgnoreCase("false") || value.equalsIgnoreCase("off");
    }

    /** Returns whether an accepted value means true. */
    static boolean isTrue(String value) {
      return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("on");
    }
  }

  /**
   * One of a few words in any case.
   *
   * @param words the words in lower case
   */
  record Choice(List<String> words) implements ValueType {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public String label() {
      return "enum";
    }

    @Override
    public String wanted() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public boolean accepts(String value) {
      return words.contains(value.toLowerCase(Locale.ROOT));
    }
  }

  /** One character that takes one byte in UTF-8 and is not a line end; a tab also as {@code \t}. */
  record OneByte() implements ValueType {
    private static final String TAB = "\\t";

    /** Returns the character that an accepted value means. */
    static String character(String value) {
      return value.equals(TAB) ? "\t" : value;
    }

    @Override
    public String label() {
      return "one byte";
    }

    @Override
    public String wanted() {
      return "one single-byte character other than a line end, or \\t";
    }

    @Override
    public boolean accepts(String value) {
      String character = character(value);
      if (character.length() != 1) {
        return false;
      }
      char c = character.charAt(0);
      return c > 0 && c < 0x80 && c != '\r' && c != '\n';
    }
  }

  /** A JSON value. */
  record Json() implements ValueType {
    @Override
    public String label() {
      return "JSON";
    }

    @Override
    public String wanted() {
      return "valid JSON";
    }

    @Override
    public boolean accepts(String value) {
      return JsonSyntax.isValid(value);
    }
  }

  /**
   * A text of a certain form.
   *
   * @param form what the whole text must match
   * @param wanted the form in words
   */
  record Matching(Pattern form, String wanted) implements ValueType {
    @Override
    public String label() {
      return "text";
    }

    @Override
    public boolean accepts(String value) {
      return form.matcher(value).matches();
    }
  }
}
