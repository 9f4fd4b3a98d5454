package io.kadb.type;

import java.time.LocalDate;
import java.util.Arrays;

/** Text under way as bytes of UTF-8, in an array that grows. Used by one thread. */
public final class ByteText {
  private static final int LONGEST_NUMBER = 20;
  private static final int MICRO_DIGITS = 6;

  private byte[] bytes;
  private int length;

  /** For what has no shorter way than characters. */
  private final StringBuilder characters = new StringBuilder();

  /** The date printed last: neighbours often share it. */
  private long lastDay = Long.MIN_VALUE;

  private LocalDate lastDate = LocalDate.EPOCH;

  /** Creates an empty text with room for some bytes. */
  public ByteText(int room) {
    bytes = new byte[room];
  }

  /** Returns the array that holds the text, until the next change. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the number of bytes. */
  public int length() {
    return length;
  }

  /** Makes the text empty; what it held may be overwritten. */
  public void clear() {
    length = 0;
  }

  /** Sees to it that so many more bytes fit. */
  public void reserve(int more) {
    if (more > bytes.length - length) {
      int wanted = Math.addExact(length, more);
      int doubled = (int) Math.min((long) bytes.length * 2, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, doubled));
    }
  }

  /** Adds a byte. */
  public void add(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  /** Adds bytes {@code [from, to)}. */
  public void add(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /** Adds characters that are all ASCII. */
  public void ascii(CharSequence text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** Adds a number in decimal. */
  public void number(long value) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value));
      return;
    }
    reserve(LONGEST_NUMBER);
    long rest = value;
    if (rest < 0) {
      bytes[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long power = 10; digits < LONGEST_NUMBER - 1 && rest >= power; power *= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Adds bytes as hexadecimal digits. */
  void hex(byte[] value) {
    reserve(Math.multiplyExact(2, value.length));
    for (byte b : value) {
      bytes[length++] = (byte) Character.forDigit(b >> 4 & 15, 16);
      bytes[length++] = (byte) Character.forDigit(b & 15, 16);
    }
  }

  /** Adds what an output prints as characters, which are all ASCII. */
  void printed(TextOutput output, Object value) {
    characters.setLength(0);
    output.append(characters, value);
    ascii(characters);
  }

  /** Adds days since 1970-01-01 as {@code 2024-02-29}; years before 1 end in {@code BC}. */
  void date(long days) {
    if (datePart(days)) {
      ascii(" BC");
    }
  }

  /** Adds microseconds since midnight as {@code 12:34:56.789}. */
  void time(long micros) {
    reserve(16);
    int seconds = (int) (micros / DateTimeFields.MICROS_PER_SECOND);
    twoDigits(seconds / 3600);
    bytes[length++] = ':';
    twoDigits(seconds / 60 % 60);
    bytes[length++] = ':';
    twoDigits(seconds % 60);
    int fraction = (int) (micros % DateTimeFields.MICROS_PER_SECOND);
    if (fraction != 0) {
      bytes[length++] = '.';
      int end = length + MICRO_DIGITS;
      for (int i = end - 1; i >= length; i--) {
        bytes[i] = (byte) ('0' + fraction % 10);
        fraction /= 10;
      }
      length = PlainNumber.withoutZeros(bytes, length - 1, end);
    }
  }

  /**
   * Adds microseconds since 1970-01-01 as {@code 2024-02-29 12:34:56.789}.
   *
   * @param zone what follows the time, {@code +00} or nothing
   */
  void timestamp(long micros, String zone) {
    boolean beforeChrist = datePart(Math.floorDiv(micros, DateTimeFields.MICROS_PER_DAY));
    add(' ');
    time(Math.floorMod(micros, DateTimeFields.MICROS_PER_DAY));
    ascii(zone);
    if (beforeChrist) {
      ascii(" BC");
    }
  }

  private boolean datePart(long days) {
    if (days != lastDay) {
      lastDate = LocalDate.ofEpochDay(days);
      lastDay = days;
    }
    boolean beforeChrist = lastDate.getYear() < 1;
    int year = beforeChrist ? 1 - lastDate.getYear() : lastDate.getYear();
    reserve(16);
    for (int power = 1000; power > year && power > 1; power /= 10) {
      bytes[length++] = '0';
    }
    number(year);
    bytes[length++] = '-';
    twoDigits(lastDate.getMonthValue());
    bytes[length++] = '-';
    twoDigits(lastDate.getDayOfMonth());
    return beforeChrist;
  }

  private void twoDigits(int value) {
    bytes[length++] = (byte) ('0' + value / 10);
    bytes[length++] = (byte) ('0' + value % 10);
  }
}
