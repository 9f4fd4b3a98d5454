package io.kadb.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a misspelled one probably means. */
public final class NearestName {
  private static final int LEAST_TOLERANCE = 2;
  private static final int LETTERS_PER_MISTAKE = 3;

  private NearestName() {}

  /**
   * Returns the known name with the fewest letters inserted, removed, replaced or swapped, unless
   * that is more than about a third of the letters.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    return within(Math.max(LEAST_TOLERANCE, name.length() / LETTERS_PER_MISTAKE), name, known);
  }

  /**
   * Returns the known name with the fewest letters inserted, removed, replaced or swapped.
   *
   * @param tolerance the most of such mistakes
   */
  public static Optional<String> within(int tolerance, String name, Collection<String> known) {
    return known.stream()
        .map(candidate -> new Candidate(candidate, distance(name, candidate)))
        .filter(candidate -> candidate.distance < Math.min(tolerance + 1, candidate.name.length()))
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  private record Candidate(String name, int distance) {}

  /** The optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    char x = a.charAt(i - 1);
    char y = b.charAt(j - 1);
    int least = Math.min(d[i - 1][j], d[i][j - 1]) + 1;
    least = Math.min(least, d[i - 1][j - 1] + (x == y ? 0 : 1));
    boolean swapped = i > 1 && j > 1 && x == b.charAt(j - 2) && y == a.charAt(i - 2);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
