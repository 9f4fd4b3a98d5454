package io.kadb.jdbc;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.sql.Prepared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be run: a text yet to be prepared, or a prepared statement with its parameters. */
sealed interface Source {
  /** Returns the prepared statement. */
  Prepared prepare(Engine engine);

  /** Returns its parameters. */
  List<@Nullable Object> parameters();

  /** Returns the source of a text. */
  static Source of(@Nullable String sql) {
    return new Text(sql);
  }

  /** A text, prepared each time it is run. */
  record Text(@Nullable String sql) implements Source {
    @Override
    public Prepared prepare(Engine engine) {
      if (sql == null) {
        throw new KadbException(ErrorCode.SYNTAX, "the statement's text is null");
      }
      Prepared prepared = engine.prepare(sql);
      if (!prepared.parameters().isEmpty()) {
        throw new KadbException(ErrorCode.BAD_PARAMETER, "the statement has parameters")
            .withHint("use a PreparedStatement");
      }
      return prepared;
    }

    @Override
    public List<@Nullable Object> parameters() {
      return List.of();
    }
  }

  /** A prepared statement with the parameters of one run. */
  record Bound(Prepared prepared, List<@Nullable Object> parameters) implements Source {
    @Override
    public Prepared prepare(Engine engine) {
      return prepared;
    }
  }
}
