package io.kadb.benchmark;

/**
 * The tightest loop over JSON orders that can be written by hand: members in any order, told apart
 * by their first letters, but no escapes, no white space, no checks; every value made.
 */
final class JsonByHand implements MessageReader {
  private final TextCursor cursor = new TextCursor();
  private long digest;

  @Override
  public long read(byte[] value) {
    cursor.begin(value);
    cursor.skip(1);
    while (cursor.more()) {
      cursor.skip(1);
      member();
      cursor.skip(1);
    }
    return 1;
  }

  /** One member, from the first letter of its name on. */
  private void member() {
    switch (cursor.current()) {
      case 'i' -> {
        cursor.skip("id\":".length());
        digest += cursor.longValue();
      }
      case 'c' -> {
        cursor.skip("customer\":\"".length());
        digest += string();
      }
      case 'q' -> {
        cursor.skip("quantity\":".length());
        digest += cursor.longValue();
      }
      case 'w' -> {
        cursor.skip("weight\":".length());
        digest += (long) cursor.doubleValue();
      }
      case 'o' -> {
        cursor.skip("ordered\":\"".length());
        digest += cursor.timestamp();
        cursor.skip(1);
      }
      case 'p' -> {
        cursor.skip("paid\":".length());
        digest += cursor.booleanValue() ? 1 : 0;
      }
      case 'n' -> {
        cursor.skip("note\":\"".length());
        digest += string();
      }
      default -> {
        cursor.skip("amount\":".length());
        digest += cursor.decimal().scale();
      }
    }
  }

  private int string() {
    int length = cursor.text((byte) '"').length();
    cursor.skip(1);
    return length;
  }

  @Override
  public long digest() {
    return digest;
  }
}
