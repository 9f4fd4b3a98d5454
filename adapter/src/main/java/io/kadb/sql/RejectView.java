package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.message.KeptMessage;
import io.kadb.message.RejectedMessage;
import io.kadb.message.TimestampType;
import io.kadb.store.RejectRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code kadb.rejects}: those of the store, then those that the session's transaction
 * brings there when it commits; these have no number yet.
 */
final class RejectView {
  static final String NAME = "rejects";

  /** The column that numbers the rows. */
  static final String ID = "reject_id";

  static final String KEY = "message_key";
  static final String VALUE = "message_value";

  /** The end of the year 9999. */
  private static final long MOST_MILLIS = 253_402_300_799_999L;

  private RejectView() {}

  static List<@Nullable Object[]> rows(ViewRequest request) {
    SessionState session = request.run().session();
    Transaction transaction = session.transaction();
    boolean bodies = request.wants(KEY) || request.wants(VALUE);
    LongPredicate wanted = wanted(request);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (RejectRow light : transaction.rejects()) {
      request.run().control().check();
      if (wanted.test(light.ftoid())) {
        Optional<RejectRow> whole =
            bodies ? session.storeSession().rejects().read(light.rejectId()) : Optional.of(light);
        whole.ifPresent(
            row -> rows.add(row(row.rejectId(), row.ftoid(), row.rejected(), row.rejectedAt())));
      }
    }
    for (RejectChanges.Added added : transaction.pendingRejects()) {
      added.messages().forEach(rejected -> rows.add(row(null, added.ftoid(), rejected, null)));
    }
    return rows;
  }

  /** Tables that the statement does not want are left out; those that are no more stay. */
  private static LongPredicate wanted(ViewRequest request) {
    Definitions definitions = request.definitions();
    Set<Long> known = ftoids(definitions.tables());
    Set<Long> left = ftoids(request.tables(definitions));
    return ftoid -> left.contains(ftoid) || !known.contains(ftoid);
  }

  private static Set<Long> ftoids(List<ForeignTable> tables) {
    return tables.stream().map(ForeignTable::ftoid).collect(Collectors.toSet());
  }

  private static @Nullable Object[] row(
      @Nullable Long rejectId, long ftoid, RejectedMessage rejected, @Nullable Instant rejectedAt) {
    KeptMessage message = rejected.message();
    return SystemViews.row(
        rejectId,
        ftoid,
        message.topic(),
        message.partition(),
        message.offset(),
        timestamp(message),
        bytes(message.key()),
        bytes(message.value()),
        rejected.column().orElse(null),
        rejected.sqlState(),
        rejected.reason(),
        rejectedAt == null ? null : SystemViews.time(rejectedAt));
  }

  /** A time beyond the last year that a TIMESTAMP has is not shown. */
  private static @Nullable Long timestamp(KeptMessage message) {
    boolean shown =
        message.timestampType() != TimestampType.NONE
            && Math.abs(message.timestampMillis()) <= MOST_MILLIS;
    return shown ? message.timestampMillis() : null;
  }

  private static @Nullable ByteString bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : new ByteString(bytes);
  }
}
