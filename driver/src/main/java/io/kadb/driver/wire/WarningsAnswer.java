package io.kadb.driver.wire;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;

/** Reads warnings. */
final class WarningsAnswer {
  private WarningsAnswer() {}

  static List<SQLWarning> read(Fields answer) throws SQLException {
    List<SQLWarning> warnings = new ArrayList<>();
    for (Object element : answer.array("warnings")) {
      Fields warning = Fields.of(element);
      warnings.add(
          new SQLWarning(warning.text("text"), warning.text("sqlState"), warning.integer("code")));
    }
    return warnings;
  }
}
