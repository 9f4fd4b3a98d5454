package io.kadb.sql;

import io.kadb.error.KadbException;
import io.kadb.message.OutgoingMessage;
import io.kadb.option.OptionSet;
import io.kadb.store.OffsetChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one statement writes. The first megabyte is held back until the statement
 * succeeds, because what Kafka has got of a transaction cannot be taken back in part: so a small
 * statement that fails leaves the rest of its transaction alone.
 */
final class StatementMessages {
  private static final long MAX_HELD_BYTES = 1 << 20;

  private final SessionState session;
  private final RunControl control;
  private final List<Held> held = new ArrayList<>();
  private final Map<String, TopicTarget> targets = new HashMap<>();
  private long heldBytes;
  private long sent;
  private TopicWrites writes;
  private boolean ended;

  private record Held(TopicTarget target, OutgoingMessage message) {}

  StatementMessages(SessionState session, RunControl control) {
    this.session = session;
    this.control = control;
    this.writes = new TopicWrites(session.clients());
  }

  /** Takes a message. */
  void add(TopicTarget target, OutgoingMessage message) {
    held.add(new Held(target, message));
    heldBytes += 100 + length(message.key()) + length(message.value());
    if (sent > 0 || heldBytes > MAX_HELD_BYTES) {
      sendHeld();
    }
  }

  /**
   * Takes a message as it is, for the topic of a table.
   *
   * @param table its OID or name
   * @param partition null if the key, or chance, decides
   * @return an empty text, or null without table or message
   */
  @Nullable String produce(
      @Nullable Object table,
      @Nullable Object message,
      @Nullable Object partition,
      @Nullable Object key) {
    control.check();
    session.checkWritable(String.join(".", ProduceMessage.NAME));
    if (table == null || message == null) {
      return null;
    }
    TopicTarget target = targets.computeIfAbsent(table.toString(), this::target);
    OptionalInt chosen =
        partition == null ? OptionalInt.empty() : OptionalInt.of(((Number) partition).intValue());
    add(
        target,
        new OutgoingMessage(bytes(key), bytes(message), chosen, OptionalLong.empty(), List.of()));
    return "";
  }

  private TopicTarget target(String table) {
    OptionSet options = TableTopic.options(session, table).require(table);
    options.warnings().forEach(control::add);
    return TopicTarget.of(options);
  }

  private static byte @Nullable [] bytes(@Nullable Object value) {
    if (value instanceof ByteString binary) {
      return binary.getBytes();
    }
    return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private void sendHeld() {
    if (sent == 0 && session.transaction().open()) {
      writes = session.transaction().topics();
    }
    for (Held each : held) {
      writes.send(each.target(), each.message(), control::unwanted);
      sent++;
    }
    held.clear();
  }

  /**
   * Ends the statement well: all messages have arrived, and offsets have moved. Under autocommit
   * the messages are committed before the store: whatever happens in between, the next reading of
   * the same messages writes them again, and none is lost.
   *
   * @param changes moves of offsets
   */
  void succeed(List<OffsetChange> changes, RejectChanges rejects, Duration lockWait) {
    sendHeld();
    Transaction transaction = session.transaction();
    if (sent == 0) {
      transaction.move(changes, rejects, lockWait);
    } else {
      writes.flush(control::unwanted);
      boolean moves = !changes.isEmpty() || !rejects.isEmpty();
      if (transaction.open()) {
        transaction.move(changes, rejects, lockWait);
      } else if (!moves) {
        writes.commit();
      } else if (session.storeSession().inTransaction()) {
        transaction.move(changes, rejects, lockWait);
        writes.commit();
      } else {
        commitWith(() -> transaction.move(changes, rejects, lockWait));
      }
    }
    ended = true;
  }

  private void commitWith(Runnable move) {
    try {
      session
          .transaction()
          .inStore(
              () -> {
                move.run();
                writes.commit();
                ended = true;
              });
    } catch (KadbException e) {
      throw ended ? e.inPart(TopicWrites.ALONE) : e;
    }
  }

  /**
   * Ends the statement; unless it has succeeded, its messages are taken back. Where that takes back
   * those of other statements too, their transaction has failed.
   */
  void close() {
    if (ended) {
      return;
    }
    ended = true;
    held.clear();
    if (writes.sent() == sent) {
      writes.abort();
    } else if (sent > 0) {
      session.transaction().fail(new IllegalStateException("messages cannot be taken back alone"));
    }
  }
}
