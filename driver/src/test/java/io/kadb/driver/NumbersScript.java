package io.kadb.driver;

import io.kadb.driver.ScriptedServer.Reply;
import io.kadb.driver.ScriptedServer.Seen;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;

/**
 * A script whose every query gives the numbers from 0 to a count, and that keeps count of how
 * results ended. Fields may be changed between requests.
 */
final class NumbersScript implements Function<Seen, Reply> {
  final long rows;
  final AtomicInteger confirmed = new AtomicInteger();
  final AtomicInteger abandoned = new AtomicInteger();
  final AtomicInteger cancelled = new AtomicInteger();
  final AtomicInteger closedStatements = new AtomicInteger();
  final AtomicInteger closedConnections = new AtomicInteger();
  volatile boolean autoCommit = true;

  /** What is answered instead, where it answers anything. */
  volatile Function<Seen, Reply> instead = request -> null;

  private final AtomicInteger statements = new AtomicInteger();

  NumbersScript(long rows) {
    this.rows = rows;
  }

  @Override
  public Reply apply(Seen request) {
    Reply other = instead.apply(request);
    if (other != null) {
      return other;
    }
    return request.path().equals("/") ? avatica(request) : own(request);
  }

  private Reply own(Seen request) {
    switch (request.path()) {
      case "/kadb/end" ->
          (request.body().path("abandon").asBoolean() ? abandoned : confirmed).incrementAndGet();
      case "/kadb/cancel" -> cancelled.incrementAndGet();
      case "/kadb/valid" -> {
        return Reply.ok(Map.of("valid", true));
      }
      case "/kadb/warnings" -> {
        return Reply.ok(Map.of("warnings", List.of()));
      }
      default -> {}
    }
    return Reply.ok(Map.of("ok", true));
  }

  private Reply avatica(Seen request) {
    return switch (request.name()) {
      case "openConnection" -> Reply.ok(new Service.OpenConnectionResponse(null));
      case "closeConnection" -> {
        closedConnections.incrementAndGet();
        yield Reply.ok(new Service.CloseConnectionResponse(null));
      }
      case "connectionSync" -> {
        Boolean on =
            ScriptedServer.avatica(request, Service.ConnectionSyncRequest.class)
                .connProps
                .isAutoCommit();
        autoCommit = on == null ? autoCommit : on;
        yield Reply.ok(
            new Service.ConnectionSyncResponse(
                new ConnectionPropertiesImpl(autoCommit, false, 2, null, "public"), null));
      }
      case "createStatement" ->
          Reply.ok(new Service.CreateStatementResponse("c", statements.incrementAndGet(), null));
      case "closeStatement" -> {
        closedStatements.incrementAndGet();
        yield Reply.ok(new Service.CloseStatementResponse(null));
      }
      case "prepareAndExecute" -> {
        Service.PrepareAndExecuteRequest run =
            ScriptedServer.avatica(request, Service.PrepareAndExecuteRequest.class);
        yield rows(run.statementId, run.maxRowsInFirstFrame);
      }
      case "prepare" ->
          Reply.ok(
              new Service.PrepareResponse(
                  new Meta.StatementHandle("c", statements.incrementAndGet(), signature()), null));
      case "execute" -> {
        Service.ExecuteRequest run = ScriptedServer.avatica(request, Service.ExecuteRequest.class);
        yield rows(run.statementHandle.id, run.maxRowCount);
      }
      case "fetch" -> {
        Service.FetchRequest fetch = ScriptedServer.avatica(request, Service.FetchRequest.class);
        yield Reply.ok(
            new Service.FetchResponse(
                frame(fetch.offset, fetch.fetchMaxRowCount), false, false, null));
      }
      case "commit" -> Reply.ok(Map.of("response", "commit"));
      case "rollback" -> Reply.ok(Map.of("response", "rollback"));
      default -> Reply.error("0A000", "no script for " + request.name());
    };
  }

  Reply rows(int statement, int frameRows) {
    return Reply.ok(
        new Service.ExecuteResponse(
            List.of(
                new Service.ResultSetResponse(
                    "c", statement, false, signature(), frame(0, frameRows), -1, null)),
            false,
            null));
  }

  static Reply count(long count) {
    return Reply.ok(
        new Service.ExecuteResponse(
            List.of(new Service.ResultSetResponse("c", 1, false, null, null, count, null)),
            false,
            null));
  }

  private Meta.Frame frame(long offset, int most) {
    long until = Math.min(rows, offset + most);
    return new Meta.Frame(offset, until == rows, ScriptedServer.numbers(offset, until));
  }

  static Meta.Signature signature() {
    return signature(
        List.of(
            column(0, "id", Types.BIGINT, "bigint", "java.lang.Long"),
            column(1, "Name", Types.VARCHAR, "text", "java.lang.String")));
  }

  static Meta.Signature signature(List<ColumnMetaData> columns) {
    return Meta.Signature.create(
        columns, "", List.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
  }

  /** Returns a column that travels as text but is of another type. */
  static ColumnMetaData column(int ordinal, String label, int code, String type, String java) {
    return new ColumnMetaData(
        ordinal,
        false,
        true,
        true,
        false,
        1,
        true,
        20,
        label,
        label,
        "public",
        19,
        0,
        "t",
        "kadb:" + code + ":" + type + ":" + java,
        ColumnMetaData.scalar(Types.VARCHAR, "VARCHAR", ColumnMetaData.Rep.STRING),
        true,
        false,
        false,
        "java.lang.String");
  }
}
