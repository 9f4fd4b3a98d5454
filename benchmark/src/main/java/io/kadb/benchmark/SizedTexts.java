package io.kadb.benchmark;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Texts of one length, of letters and digits only: one field in csv, without quotes. */
final class SizedTexts {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  /** How many texts differ. */
  private static final int DIFFERENT = 4093;

  private final int length;
  private final byte[] letters;

  SizedTexts(int length) {
    this.length = length;
    letters = new byte[length + DIFFERENT];
    RandomGenerator random = new SplittableRandom(BenchmarkTopic.SEED);
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
  }

  /** The text of a message, by its number. */
  byte[] text(long message) {
    byte[] text = new byte[length];
    System.arraycopy(letters, (int) (message % DIFFERENT), text, 0, length);
    return text;
  }
}
