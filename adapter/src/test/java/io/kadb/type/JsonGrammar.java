package io.kadb.type;

/** Inputs of JSON and JSONB: values within values, unusual numbers, escapes, blanks, comments. */
final class JsonGrammar extends InputGrammar {
  JsonGrammar(long seed) {
    super(seed);
  }

  @Override
  String good() {
    return blank() + value(0) + blank();
  }

  private String value(int depth) {
    int kind = random.nextInt(depth > 3 ? 5 : 8);
    return switch (kind) {
      case 0 -> number();
      case 1, 2 -> string();
      case 3 -> one("true", "false", "null", "True", "NULL", "NaN", "Infinity", "undefined", "''");
      case 4 ->
          one("{}", "[]", "[ ]", "{ }", "\"\"", "", "//x\n1", "/*x*/1", "[1,]", "{,}", "[,1]");
      case 5 -> array(depth);
      default -> object(depth);
    };
  }

  private String array(int depth) {
    StringBuilder array = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      array.append(blank()).append(value(depth + 1)).append(i > 1 ? "," : blank());
    }
    return array.append(']').toString();
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    for (int i = random.nextInt(4); i > 0; i--) {
      object.append(blank()).append(oneIn(20) ? "key" : string()).append(blank()).append(':');
      object.append(value(depth + 1)).append(i > 1 ? "," : blank());
    }
    return object.append('}').toString();
  }

  private String number() {
    return one("", "", "-", "+", "--")
        + one("0", "1", "12", "01", "00", "123456789012345678901234567890", ".5", "0x1F", "1_0")
        + one("", "", ".5", ".", ".00", ".5.5")
        + one("", "", "e5", "E-5", "e+05", "e", "e400", "e131072", "e-16384", "e99999999999");
  }

  private String string() {
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(4); i > 0; i--) {
      string.append(
          one(
              "a",
              "ä",
              "😀",
              " ",
              "\\n",
              "\\\"",
              "\\\\",
              "\\/",
              "\\u0041",
              "\\u00e4",
              "\\u0000",
              "\\ud83d\\ude00",
              "\\ud83d",
              "\\ude00",
              "\\ud83dx",
              "\\ud83d\\u0041",
              "\\uD83D\\uD83D",
              "\\x",
              "\\u12",
              "\\u12G4",
              "\\'",
              "\t",
              "\n",
              "\u0001",
              "\u007f",
              "\u2028",
              "'"));
    }
    return string.append('"').toString();
  }

  private String blank() {
    return oneIn(4) ? one(" ", "\n", "\t", "\r\n", "  ", "\f", "\u00a0") : "";
  }
}
