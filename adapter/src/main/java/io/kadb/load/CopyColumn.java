package io.kadb.load;

import io.kadb.type.ByteOutput;
import io.kadb.type.ByteText;
import io.kadb.type.ColumnType;
import io.kadb.type.TypeKind;

/** How the values of a column are written, as far as they are not texts anyway. */
public final class CopyColumn {
  private final ByteOutput output;
  private final boolean bytea;
  private final boolean characters;

  /** Creates the column of a type. */
  public CopyColumn(ColumnType type) {
    output = ByteOutput.of(type);
    bytea = type.kind() == TypeKind.BYTEA;
    characters =
        switch (type.kind()) {
          case SMALLINT, INTEGER, BIGINT, OID, REAL, DOUBLE, NUMERIC -> false;
          case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> false;
          default -> true;
        };
  }

  /** Returns whether the texts of values may hold anything. */
  boolean mayNeedEscapes() {
    return characters;
  }

  /** Appends a value; its text holds nothing to escape but the backslash before hexadecimal. */
  void append(ByteText text, Object value) {
    if (bytea) {
      text.add('\\');
    }
    output.append(text, value);
  }
}
