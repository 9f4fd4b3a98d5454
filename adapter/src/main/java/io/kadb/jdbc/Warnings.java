package io.kadb.jdbc;

import io.kadb.error.Notice;
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

  /** Adds what a statement had to say. */
  synchronized void add(Notice notice) {
    add(new SQLWarning(notice.text(), notice.level().sqlState()));
  }

  /** Adds a warning of the driver itself. */
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
