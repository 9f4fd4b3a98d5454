package io.kadb.type;

/**
 * Input of JSON and JSONB: one well-formed JSON value (RFC 8259), whose source text is kept. JSONB
 * also refuses what PostgreSQL could not keep as text or NUMERIC.
 */
final class JsonInput implements TextInput {
  /** About as deep as PostgreSQL's stack allows by default. */
  private static final int MAX_DEPTH = 6_000;

  private static final TextInput NUMBER = new NumericInput(ColumnType.NUMERIC);

  private final ColumnType type;

  JsonInput(ColumnType type) {
    this.type = type;
  }

  @Override
  public Object read(String text) {
    Utf8.refuseZero(text);
    new Check(new JsonTokens(type, text), type.kind() == TypeKind.JSONB).all();
    return text;
  }

  /** Goes through the tokens of a value, which may hold others. */
  private static final class Check {
    private final JsonTokens tokens;
    private final boolean binary;

    /** Which objects and arrays are open: the character that opened each. */
    private final StringBuilder open = new StringBuilder();

    private char token;

    Check(JsonTokens tokens, boolean binary) {
      this.tokens = tokens;
      this.binary = binary;
    }

    void all() {
      token = tokens.next();
      do {
        boolean complete = value();
        while (complete && !open.isEmpty()) {
          complete = afterValue();
        }
      } while (!open.isEmpty());
      expect(JsonTokens.END);
    }

    /** Takes a value or its beginning; returns whether it is complete. */
    private boolean value() {
      switch (token) {
        case JsonTokens.STRING, JsonTokens.WORD -> {
          token = tokens.next();
          return true;
        }
        case JsonTokens.NUMBER -> {
          String number = tokens.token();
          token = tokens.next();
          if (binary) {
            NUMBER.read(number);
          }
          return true;
        }
        case '{', '[' -> {
          return openOne();
        }
        default -> throw tokens.malformed();
      }
    }

    private boolean openOne() {
      char opened = token;
      if (open.length() == MAX_DEPTH) {
        throw tokens.malformed();
      }
      token = tokens.next();
      if (token == (opened == '{' ? '}' : ']')) {
        token = tokens.next();
        return true;
      }
      open.append(opened);
      if (opened == '{') {
        name();
      }
      return false;
    }

    /** Takes what follows a value inside another; returns whether that one is now complete. */
    private boolean afterValue() {
      boolean object = open.charAt(open.length() - 1) == '{';
      if (token == ',') {
        token = tokens.next();
        if (object) {
          name();
        }
        return false;
      }
      expect(object ? '}' : ']');
      open.setLength(open.length() - 1);
      token = tokens.next();
      return true;
    }

    private void name() {
      expect(JsonTokens.STRING);
      token = tokens.next();
      expect(':');
      token = tokens.next();
    }

    private void expect(char wanted) {
      if (token != wanted) {
        throw tokens.malformed();
      }
    }
  }
}
