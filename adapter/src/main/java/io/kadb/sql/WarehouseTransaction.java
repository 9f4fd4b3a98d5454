package io.kadb.sql;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.load.LoadedBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session's transaction does in the warehouse besides statements of kadb. Whatever fails is
 * undone by itself, and the transaction goes on.
 */
final class WarehouseTransaction {
  private final SessionState session;
  private final RunControl control;

  WarehouseTransaction(SessionState session, RunControl control) {
    this.session = session;
    this.control = control;
  }

  /** Runs a planned INSERT into the warehouse. */
  LoadedBatch load(SessionStatement insert, WarehouseTarget target) {
    requireTransaction();
    if (insert.form() instanceof SessionStatement.Form.Dml dml
        && dml.plan() instanceof DmlPlan.WarehouseInsert plan) {
      return new DmlRunner(session, control).load(plan, target);
    }
    throw new KadbException(
            ErrorCode.UNSUPPORTED, "found another statement, wanted INSERT INTO pg.… SELECT …")
        .withHint("tables of the warehouse are named pg.<schema>.<table>");
  }

  /** Runs statements of the warehouse. */
  <T> T run(WarehouseCall<T> call) {
    requireTransaction();
    session.checkWritable("statements of the warehouse");
    session.storeSession().requireWarehouse();
    control.onCancel(session.storeSession()::abort);
    // Holds what the call gives, which may be null.
    List<@Nullable T> result = new ArrayList<>(1);
    session.transaction().inStore(() -> result.add(called(call)));
    return result.get(0);
  }

  private <T> T called(WarehouseCall<T> call) {
    try {
      return call.on(session.storeSession().warehouse());
    } catch (SQLException e) {
      throw EngineErrors.translate(session.storeSession().failure(e), control);
    }
  }

  private void requireTransaction() {
    if (!session.transaction().open()) {
      throw new KadbException(
              ErrorCode.NO_TRANSACTION, "a load into the warehouse needs a transaction")
          .withHint("turn autocommit off");
    }
  }
}
