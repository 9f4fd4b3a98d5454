package io.kadb.type;

/** Input of DATE. A time that follows the date is checked and left out. */
final class DateInput implements TextInput {
  @Override
  public Object read(byte[] utf8, int from, int to) {
    if (to - from == PlainDateTime.DATE_LENGTH) {
      long days = PlainDateTime.date(utf8, from);
      if (days != PlainDateTime.NOT_PLAIN) {
        return (int) days;
      }
    }
    return TextInput.super.read(utf8, from, to);
  }

  @Override
  public Object read(String text) {
    return Math.toIntExact(DateTimeReader.read(ColumnType.DATE, text).date());
  }
}
