package io.kadb.type;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/** Text under way as bytes of UTF-8, in an array that grows. Used by one thread. */
public final class ByteText {
  private static final int LONGEST_NUMBER = 20;
  private static final int MICRO_DIGITS = 6;
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  /** More are sooner copied many at a time, although an array is made for that. */
  private static final int MOST_SINGLE_CHARACTERS = 64;

  /** So many digits fit into a long whatever they are. */
  static final int MOST_DIGITS = 18;

  private static final long[] POWERS = new long[MOST_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MOST_DIGITS; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

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

  /** Goes back to an earlier length. */
  public void shorten(int earlier) {
    if (earlier > length) {
      throw new IllegalArgumentException(earlier + " bytes of " + length);
    }
    length = earlier;
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

  /** Adds characters as UTF-8; half a pair of surrogates is a question mark, as for a String. */
  public void characters(String text) {
    int count = text.length();
    if (count > MOST_SINGLE_CHARACTERS) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      add(utf8, 0, utf8.length);
      return;
    }
    reserve(count);
    byte[] into = bytes;
    int to = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = to;
        anyCharacters(text, i);
        return;
      }
      into[to++] = (byte) c;
    }
    length = to;
  }

  private void anyCharacters(String text, int from) {
    int count = text.length();
    for (int i = from; i < count; i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        codePoint(c);
      } else if (i + 1 < count && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        codePoint(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        add('?');
      }
    }
  }

  /** Adds a character that is no surrogate. */
  public void codePoint(int character) {
    reserve(MOST_BYTES_OF_A_CHARACTER);
    if (character < 0x80) {
      bytes[length++] = (byte) character;
    } else if (character < 0x800) {
      bytes[length++] = (byte) (0xC0 | character >> 6);
      continued(character);
    } else if (character < 0x10000) {
      bytes[length++] = (byte) (0xE0 | character >> 12);
      continued(character >> 6);
      continued(character);
    } else {
      bytes[length++] = (byte) (0xF0 | character >> 18);
      continued(character >> 12);
      continued(character >> 6);
      continued(character);
    }
  }

  private void continued(int sixBits) {
    bytes[length++] = (byte) (0x80 | sixBits & 0x3F);
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
    digits(rest, digits);
  }

  private void digits(long value, int digits) {
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /**
   * Adds a number with a point.
   *
   * @param unscaled its digits, at most {@value #MOST_DIGITS}
   * @param scale how many of them come after the point, at most as many
   */
  void decimal(long unscaled, int scale) {
    if (scale == 0) {
      number(unscaled);
      return;
    }
    if (unscaled < 0) {
      add('-');
    }
    long magnitude = Math.abs(unscaled);
    long one = POWERS[scale];
    long whole = magnitude / one;
    number(whole);
    reserve(scale + 1);
    bytes[length++] = '.';
    digits(magnitude - whole * one, scale);
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
