package io.kadb.sql;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A {@link Command} in the shape in which the engine's parser hands statements on. */
final class CommandNode extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("KADB COMMAND", SqlKind.OTHER_DDL);

  private final Command command;
  private final Places places;

  CommandNode(Command command, Places places) {
    super(SqlParserPos.ZERO);
    this.command = command;
    this.places = places;
  }

  Command command() {
    return command;
  }

  /** Returns where the command's names stand in its text. */
  Places places() {
    return places;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }
}
