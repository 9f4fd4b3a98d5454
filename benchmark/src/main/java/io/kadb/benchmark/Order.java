package io.kadb.benchmark;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a message says: eight fields of different types.
 *
 * @param ordered wall time, to the microsecond
 * @param amountCents an amount with two digits after the point
 */
record Order(
    long id,
    String customer,
    int quantity,
    double weight,
    LocalDateTime ordered,
    boolean paid,
    String note,
    long amountCents) {
  /** The columns, one for each field. */
  static final String COLUMNS =
      "id BIGINT, customer VARCHAR, quantity INTEGER, weight DOUBLE PRECISION, ordered TIMESTAMP,"
          + " paid BOOLEAN, note VARCHAR, amount DECIMAL(10,2)";

  private static final LocalDateTime FIRST = LocalDateTime.of(2024, 1, 1, 0, 0);
  private static final List<String> NOTES =
      List.of(
          "leave it with the neighbours on the left",
          "by noon please and ring twice",
          "fragile: glass and candles inside",
          "gift: please put no invoice into it");

  /** Makes the order of a number; the next values of the generator decide the rest. */
  static Order next(long id, RandomGenerator random) {
    return new Order(
        id,
        "customer-" + random.nextInt(100_000),
        random.nextInt(1, 1_000),
        random.nextInt(100, 100_000) / 1_000.0,
        FIRST.plusNanos(id * 1_234_567_000L),
        random.nextBoolean(),
        NOTES.get(random.nextInt(NOTES.size())),
        random.nextLong(1_000, 100_000_000));
  }

  /** Microseconds since 1970. */
  long orderedMicros() {
    return ordered.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + ordered.getNano() / 1_000;
  }

  /** The amount with its point. */
  String amount() {
    long cents = amountCents % 100;
    return amountCents / 100 + (cents < 10 ? ".0" : ".") + cents;
  }
}
