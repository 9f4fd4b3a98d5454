package io.kadb.benchmark;

/**
 * The tightest loop over csv orders that can be written by hand: no quotes, no checks, every value
 * made.
 */
final class CsvByHand implements MessageReader {
  private final TextCursor cursor = new TextCursor();
  private long digest;

  @Override
  public long read(byte[] value) {
    cursor.begin(value);
    digest += cursor.longValue();
    cursor.skip(1);
    digest += cursor.text((byte) ',').length();
    cursor.skip(1);
    digest += cursor.longValue();
    cursor.skip(1);
    digest += (long) cursor.doubleValue();
    cursor.skip(1);
    digest += cursor.timestamp();
    cursor.skip(1);
    digest += cursor.booleanValue() ? 1 : 0;
    cursor.skip(1);
    digest += cursor.text((byte) ',').length();
    cursor.skip(1);
    digest += cursor.decimal().scale();
    return 1;
  }

  @Override
  public long digest() {
    return digest;
  }
}
