package io.kadb.type;

/** Input of TIME. A date or an offset around the time is checked and left out. */
final class TimeInput implements TextInput {
  private final ColumnType type;
  private final FractionOfSecond fraction;

  TimeInput(ColumnType type) {
    this.type = type;
    this.fraction = FractionOfSecond.of(type);
  }

  @Override
  public Object read(byte[] utf8, int from, int to) {
    long time = PlainDateTime.time(utf8, from, to);
    if (time != PlainDateTime.NOT_PLAIN) {
      time = fraction.rounded(time);
      if (time < DateTimeFields.MICROS_PER_DAY) {
        return time;
      }
    }
    return TextInput.super.read(utf8, from, to);
  }

  @Override
  public Object read(String text) {
    long time = fraction.rounded(DateTimeReader.read(type, text).timeOfDay());
    if (time >= DateTimeFields.MICROS_PER_DAY) {
      throw Refusal.datetimeOutOfRange(type, text).withHint(Refusal.DECLARE_TEXT);
    }
    return time;
  }
}
