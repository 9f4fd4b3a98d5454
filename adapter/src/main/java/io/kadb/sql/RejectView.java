package io.kadb.sql;

import io.kadb.message.KeptMessage;
import io.kadb.message.RejectedMessage;
import io.kadb.message.TimestampType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  private RejectView() {}

  static List<@Nullable Object[]> rows(ViewRequest request) {
    Transaction transaction = request.run().session().transaction();
    List<@Nullable Object[]> rows = new ArrayList<>();
    transaction
        .rejects()
        .forEach(
            row -> rows.add(row(row.rejectId(), row.ftoid(), row.rejected(), row.rejectedAt())));
    for (RejectChanges.Added added : transaction.pendingRejects()) {
      added.messages().forEach(rejected -> rows.add(row(null, added.ftoid(), rejected, null)));
    }
    return rows;
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
        message.timestampType() == TimestampType.NONE ? null : message.timestampMillis(),
        bytes(message.key()),
        bytes(message.value()),
        rejected.column().orElse(null),
        rejected.sqlState(),
        rejected.reason(),
        rejectedAt == null ? null : SystemViews.time(rejectedAt));
  }

  private static @Nullable ByteString bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : new ByteString(bytes);
  }
}
