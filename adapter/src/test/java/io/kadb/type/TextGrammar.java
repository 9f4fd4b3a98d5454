package io.kadb.type;

import java.util.List;

/** Inputs of BOOLEAN, BYTEA, UUID and the character types. */
final class TextGrammar extends InputGrammar {
  private static final List<String> BOOLEANS =
      List.of(
          "t", "tr", "tru", "true", "truee", "f", "fa", "fal", "fals", "false", "y", "ye", "yes",
          "yess", "n", "no", "noo", "on", "o", "of", "off", "offf", "1", "0", "10", "01", "2", "-1",
          "", "T", "TRUE", "True", "FALSE", "Yes", "NO", "ON", "OFF", "oN", "null", "wahr");

  private static final List<String> WORDS =
      List.of(
          "a",
          "b",
          "Z",
          "0",
          " ",
          "  ",
          "\t",
          "\n",
          "ä",
          "ß",
          "漢字",
          "😀",
          "e\u0301",
          "\\",
          "\\\\",
          "'",
          "\"",
          "\u00a0",
          "\uFEFF",
          "\u200b",
          "abc",
          "long word");

  private static final List<String> BYTES =
      List.of(
          "\\000", "\\001", "\\377", "\\400", "\\37", "\\8", "\\\\", "\\", "\\x", "a", "x41", " ",
          "ä", "\\101", "\\xZZ", "€", "\n");

  private final TypeKind kind;

  TextGrammar(TypeKind kind, long seed) {
    super(seed);
    this.kind = kind;
  }

  @Override
  String good() {
    return switch (kind) {
      case BOOLEAN -> padded(one(BOOLEANS));
      case BYTEA -> oneIn(2) ? hex() : words(BYTES, 6);
      case UUID -> uuid();
      default -> words(WORDS, 8);
    };
  }

  private String padded(String word) {
    return oneIn(3) ? one("", " ", "\t", "\n") + word + one("", " ", "  ", "\r\n") : word;
  }

  private String words(List<String> from, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(one(from));
    }
    return text + " ".repeat(oneIn(3) ? random.nextInt(5) : 0);
  }

  private String hex() {
    StringBuilder text = new StringBuilder(one("\\x", "\\x", "\\x", "\\X", "0x"));
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(digits(2, 16)).append(oneIn(5) ? one(" ", "\n", "\t", "\r", "\f", "_") : "");
    }
    return text.toString();
  }

  private String uuid() {
    StringBuilder uuid = new StringBuilder();
    boolean usual = oneIn(2);
    for (int i = 0; i < 8; i++) {
      boolean usualPlace = i > 1 && i < 6;
      uuid.append(i > 0 && (usual ? usualPlace : oneIn(2)) ? "-" : "").append(digits(4, 16));
    }
    return oneIn(4) ? "{" + uuid + "}" : uuid.toString();
  }
}
