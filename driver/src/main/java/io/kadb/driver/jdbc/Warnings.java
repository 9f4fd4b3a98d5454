package io.kadb.driver.jdbc;

import io.kadb.driver.error.States;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The warnings of one JDBC object or, through views, of several that share them, in the order they
 * arose. Safe for many threads.
 */
final class Warnings {
  private final List<View> views = new ArrayList<>();
  private @Nullable SQLWarning last;

  /** Adds a warning after the others. */
  synchronized void add(SQLWarning warning) {
    if (last != null) {
      last.setNextWarning(warning);
    }
    last = warning;
    for (View view : views) {
      if (view.first == null) {
        view.first = warning;
      }
    }
  }

  /** Adds what a server tells, if it does: a failure to tell undoes nothing of what it did. */
  void addQuietly(Teller teller) {
    try {
      for (SQLWarning warning : teller.takeWarnings()) {
        add(warning);
      }
    } catch (SQLException e) {
      add(new SQLWarning("the warnings could not be fetched: " + e.getMessage(), States.WARNING));
    }
  }

  /** Tells warnings, each of them once. */
  @FunctionalInterface
  interface Teller {
    List<SQLWarning> takeWarnings() throws SQLException;
  }

  /** Returns a new view: all that is added from now on, until the view is cleared. */
  synchronized View view() {
    View view = new View();
    views.add(view);
    return view;
  }

  /** One object's view of the warnings; clearing it leaves other views alone. */
  final class View {
    private @Nullable SQLWarning first;

    private View() {}

    /** Returns the oldest warning, to which the later ones are chained; null if there is none. */
    @Nullable SQLWarning first() {
      synchronized (Warnings.this) {
        return first;
      }
    }

    /** Forgets the warnings so far. */
    void clear() {
      synchronized (Warnings.this) {
        first = null;
      }
    }
  }
}
