package io.kadb.sql;

import io.kadb.catalog.Definitions;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.List;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Parses and plans the statements of a session. */
final class StatementPreparer {
  private final SessionState session;
  private final KnownQueries known = new KnownQueries();
  private long version = -1;
  private Definitions definitions = new Definitions(List.of(), List.of(), List.of());

  StatementPreparer(SessionState session) {
    this.session = session;
  }

  /** Returns the definitions as the session sees them now. */
  Definitions definitions() {
    long now = session.storeSession().catalog().version();
    if (now != version) {
      definitions = session.storeSession().catalog().read();
      version = now;
    }
    return definitions;
  }

  /**
   * Prepares a statement.
   *
   * @throws KadbException if it cannot be parsed or planned
   */
  SessionStatement prepare(String sql) {
    SessionStatement planned = known.get(sql, this::isCurrent);
    if (planned != null) {
      return planned;
    }
    SqlNode statement = StatementParser.parse(sql);
    try {
      if (statement instanceof CommandNode node) {
        Prepared.Kind kind =
            SessionCommands.columns(node.command()).isEmpty()
                ? Prepared.Kind.COMMAND
                : Prepared.Kind.QUERY;
        return statement(sql, kind, new SessionStatement.Form.Other(node.command(), node.places()));
      }
      checkOurs(statement);
      QueryPlanner planner = planner();
      if (isDml(statement)) {
        return statement(
            sql, Prepared.Kind.DML, new SessionStatement.Form.Dml(dml(statement, planner)));
      }
      // Asked first: planning writes into the query.
      boolean lasts = KnownQueries.lasts(sql, statement, session.schema());
      planned =
          statement(
              sql,
              Prepared.Kind.QUERY,
              new SessionStatement.Form.Query(planner.plan(PostgresCasts.rewrite(statement))));
      if (lasts) {
        known.keep(planned);
      }
      return planned;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw translated(e, statement);
    }
  }

  private KadbException translated(Throwable thrown, SqlNode statement) {
    return new UnknownNames(definitions, session.schema())
        .hinted(EngineErrors.translate(thrown), statement);
  }

  /** What the engine's parser knows of other databases, kadb does not do. */
  private static void checkOurs(SqlNode statement) {
    SqlKind kind = statement.getKind();
    if (SqlKind.DDL.contains(kind) || !(isDml(statement) || SqlKind.TOP_LEVEL.contains(kind))) {
      throw new KadbException(
              ErrorCode.UNSUPPORTED, kind.sql.replace('_', ' ') + " is not supported")
          .withHint("kadb keeps servers and foreign tables; other objects live in the warehouse");
    }
  }

  private DmlPlan dml(SqlNode statement, QueryPlanner planner) {
    return new DmlPlanner(planner, session.storeSession(), session.schema())
        .plan(PostgresCasts.rewrite(statement));
  }

  private SessionStatement statement(String sql, Prepared.Kind kind, SessionStatement.Form form) {
    return new SessionStatement(sql, kind, version, session.schema(), form);
  }

  private QueryPlanner planner() {
    CalciteSchema root = SchemaTree.of(session, definitions());
    return new QueryPlanner(root, session.schema());
  }

  static boolean isDml(SqlNode statement) {
    return SqlKind.DML.contains(statement.getKind());
  }

  /** Returns the statement, planned again if definitions or the schema changed since. */
  SessionStatement current(SessionStatement statement) {
    boolean same = statement.form() instanceof SessionStatement.Form.Other || isCurrent(statement);
    return same ? statement : prepare(statement.sql());
  }

  private boolean isCurrent(SessionStatement statement) {
    return statement.definitionsVersion() == session.storeSession().catalog().version()
        && statement.schema().equals(session.schema());
  }

  /** Returns the plan of a query or DML statement as text. */
  String explain(SqlNode statement) {
    try {
      checkOurs(statement);
      QueryPlanner planner = planner();
      return isDml(statement)
          ? PlanText.of(dml(statement, planner), session)
          : PlanText.of(planner.plan(PostgresCasts.rewrite(statement)), session);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw translated(e, statement);
    }
  }
}
