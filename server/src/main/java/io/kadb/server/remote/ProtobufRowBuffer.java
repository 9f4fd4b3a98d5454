package io.kadb.server.remote;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Rows as messages of protobuf. Avatica itself writes each value twice, for clients older than
 * version 1.8; here it is written once.
 */
final class ProtobufRowBuffer implements RowBuffer {
  private final WireColumn[] columns;
  private final List<Common.Row> rows = new ArrayList<>();
  private int bytes;

  ProtobufRowBuffer(WireColumn[] columns) {
    this.columns = columns;
  }

  @Override
  public void add(ResultSet row) throws SQLException {
    Common.Row.Builder message = Common.Row.newBuilder();
    for (int i = 0; i < columns.length; i++) {
      message.addValue(value(columns[i].type().value(row, i + 1)));
    }
    Common.Row built = message.build();
    rows.add(built);
    bytes += built.getSerializedSize();
  }

  private static Common.ColumnValue value(@Nullable Object value) {
    Common.TypedValue.Builder scalar = Common.TypedValue.newBuilder();
    TypedValue.toProto(scalar, value);
    return Common.ColumnValue.newBuilder().setScalarValue(scalar).build();
  }

  @Override
  public int rows() {
    return rows.size();
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public Meta.Frame frame(long offset, boolean done) {
    return new Written(offset, done, rows);
  }

  /** A frame whose rows are messages already. */
  private static final class Written extends Meta.Frame {
    private final List<Common.Row> messages;

    Written(long offset, boolean done, List<Common.Row> messages) {
      super(offset, done, List.of());
      this.messages = messages;
    }

    @Override
    public Common.Frame toProto() {
      return Common.Frame.newBuilder().setOffset(offset).setDone(done).addAllRows(messages).build();
    }
  }
}
