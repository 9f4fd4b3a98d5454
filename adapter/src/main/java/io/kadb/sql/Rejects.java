package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.error.Notice;
import io.kadb.message.RejectedMessage;
import io.kadb.option.Option;
import io.kadb.option.OptionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of one table that a statement with {@code k_on_error=reject} could not turn into
 * rows: each once, however often the plan met it.
 */
final class Rejects {
  /** Messages are kept in memory up to the end of the statement or of the transaction. */
  private static final long MOST_BYTES = 64L << 20;

  private final String table;
  private final boolean kept;
  private final Optional<String> limit;
  private final Map<Position, RejectedMessage> messages = new LinkedHashMap<>();
  private final Map<Integer, Long> read = new HashMap<>();
  private long bytes;

  /**
   * Creates an empty collection.
   *
   * @param table the name of the foreign table
   * @param kept whether the messages go to {@code kadb.rejects}, rather than being counted alone
   */
  Rejects(String table, OptionSet options, boolean kept) {
    this.table = table;
    this.kept = kept;
    this.limit = options.optionalText(Option.REJECT_LIMIT);
  }

  private record Position(int partition, long offset) {}

  /** Returns whether a failure says that a message is not what the table wants. */
  static boolean rejectable(KadbException failure) {
    return failure.sqlState().startsWith("22")
        || failure.code() == ErrorCode.NULL_NOT_ALLOWED
        || failure.code() == ErrorCode.TOO_LARGE;
  }

  /**
   * Adds messages that the statement passed.
   *
   * @throws KadbException 53400 if they are more than {@code k_reject_limit} says, or hold too much
   *     memory
   */
  void add(List<RejectedMessage> rejected) {
    for (RejectedMessage each : rejected) {
      Position position = new Position(each.message().partition(), each.message().offset());
      RejectedMessage held = kept ? each : each.withoutMessage();
      if (messages.putIfAbsent(position, held) == null) {
        bytes += held.message().heldBytes();
        check(each);
      }
    }
  }

  private void check(RejectedMessage last) {
    if (limit.isPresent() && !isShare(limit.get()) && messages.size() > number(limit.get())) {
      throw tooMany(messages.size() + " messages", last);
    }
    if (bytes > MOST_BYTES) {
      throw new KadbException(
              ErrorCode.LIMIT_EXCEEDED,
              "%s: the rejected messages of one statement hold more than %s MiB; the last: %s"
                  .formatted(table, MOST_BYTES >> 20, last.reason()))
          .withHint("lower k_seg_batch, or set k_reject_limit");
    }
  }

  /** Notes how many messages of each partition a reading passed; of several the most counts. */
  void read(Map<Integer, Long> passed) {
    passed.forEach((partition, count) -> read.merge(partition, count, Math::max));
  }

  /**
   * Checks a limit that is a share of the messages read.
   *
   * @throws KadbException 53400 if more than the share were rejected
   */
  void checkShare() {
    long all = read.values().stream().mapToLong(Long::longValue).sum();
    if (limit.isPresent()
        && isShare(limit.get())
        && messages.size() * 100L > number(limit.get()) * all) {
      throw tooMany(messages.size() + " of " + all + " messages", last());
    }
  }

  private KadbException tooMany(String found, RejectedMessage last) {
    return new KadbException(
            ErrorCode.LIMIT_EXCEEDED,
            table
                + ": rejected "
                + found
                + ", wanted at most "
                + limit.orElseThrow()
                + "; the last: "
                + last.reason())
        .withHint("correct the definition of the table, or raise k_reject_limit");
  }

  private static boolean isShare(String limit) {
    return limit.endsWith("%");
  }

  private static long number(String limit) {
    return Long.parseLong(isShare(limit) ? limit.substring(0, limit.length() - 1).trim() : limit);
  }

  private RejectedMessage last() {
    return all().get(messages.size() - 1);
  }

  /** Returns the messages to be kept, in the order they were met. */
  List<RejectedMessage> kept() {
    return kept ? all() : List.of();
  }

  private List<RejectedMessage> all() {
    return new ArrayList<>(messages.values());
  }

  /** Returns how many messages of a partition were rejected. */
  long count(int partition) {
    return messages.keySet().stream().filter(p -> p.partition() == partition).count();
  }

  /** Returns the warning that counts the messages, if there are any. */
  Optional<Notice> warning() {
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Notice.warning(
            "%s: %s message%s could not be turned into rows%s; the first: %s"
                .formatted(
                    table,
                    messages.size(),
                    messages.size() == 1 ? "" : "s",
                    kept ? " and went to kadb.rejects" : "",
                    all().get(0).reason())));
  }
}
