package io.kadb.server.remote;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;

/**
 * Rows as fields of protobuf's message {@code Frame}, written when they are read, without an object
 * for each. Avatica itself writes each value twice, for clients older than version 1.8; here it is
 * written once.
 */
final class ProtobufRowBuffer implements RowBuffer {
  private static final int FIRST_SIZE = 8 * 1024;

  private final WireColumn[] columns;
  private final ProtobufCell[] cells;
  private final Bytes written;
  private final CodedOutputStream out;
  private int rows;
  private int bytes;

  /**
   * Creates an empty buffer.
   *
   * @param expected how many bytes it will have, as far as is known
   */
  ProtobufRowBuffer(WireColumn[] columns, int expected) {
    this.columns = columns;
    this.cells = new ProtobufCell[columns.length];
    Arrays.setAll(cells, i -> new ProtobufCell());
    this.written = new Bytes(Math.max(FIRST_SIZE, expected + expected / 16));
    this.out = CodedOutputStream.newInstance(written);
  }

  @Override
  public void add(ResultSet row) throws SQLException {
    int size = 0;
    for (int i = 0; i < cells.length; i++) {
      cells[i].set(columns[i].type().value(row, i + 1));
      size += cells[i].size();
    }
    try {
      out.writeTag(Common.Frame.ROWS_FIELD_NUMBER, ProtobufCell.MESSAGE);
      out.writeUInt32NoTag(size);
      for (ProtobufCell cell : cells) {
        cell.write(out);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    rows++;
    bytes += size;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public Meta.Frame frame(long offset, boolean done) {
    return new ProtobufFrame(offset, done, written.all(), written.size());
  }

  /** Bytes that are taken as they are when no more follow. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes(int size) {
      super(size);
    }

    byte[] all() {
      return buf;
    }
  }
}
