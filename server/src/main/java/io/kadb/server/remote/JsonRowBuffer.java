package io.kadb.server.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import org.apache.calcite.avatica.Meta;

/** Rows as JSON, written when they are read and not again when they are sent. */
final class JsonRowBuffer implements RowBuffer {
  private final WireColumn[] columns;
  private final JsonBytes json;
  private int rows;

  JsonRowBuffer(WireColumn[] columns, int bytes) {
    this.columns = columns;
    this.json = new JsonBytes(bytes);
    json.raw('[');
  }

  @Override
  public void add(ResultSet row) throws SQLException {
    int before = json.length();
    try {
      write(row);
    } catch (SQLException | RuntimeException e) {
      // The rows before it are sent all the same.
      json.cut(before);
      throw e;
    }
    rows++;
  }

  private void write(ResultSet row) throws SQLException {
    json.raw(rows == 0 ? "[" : ",[");
    for (int i = 0; i < columns.length; i++) {
      if (i > 0) {
        json.raw(',');
      }
      columns[i].type().write(row, i + 1, json);
    }
    json.raw(']');
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int bytes() {
    return json.length();
  }

  @Override
  public Meta.Frame frame(long offset, boolean done) {
    return new Meta.Frame(offset, done, written());
  }

  /** Returns the rows as an array of JSON. No more may follow. */
  Written written() {
    return new Written(json);
  }

  /** The rows, for Jackson, which asks nothing else of them. */
  static final class Written extends JsonSerializable.Base implements Iterable<Object> {
    private final JsonBytes rows;

    private Written(JsonBytes rows) {
      this.rows = rows;
    }

    @Override
    public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
      if (out.getOutputTarget() instanceof BodyStream body) {
        // Jackson writes what comes before a value, and the rows go past it.
        out.writeRawValue("");
        out.flush();
        rows.addTo(body);
        body.write(']');
      } else {
        out.writeRawValue(new String(rows.toByteArray(), StandardCharsets.UTF_8) + ']');
      }
    }

    @Override
    public void serializeWithType(
        JsonGenerator out, SerializerProvider provider, TypeSerializer typed) throws IOException {
      serialize(out, provider);
    }

    @Override
    public Iterator<Object> iterator() {
      throw new UnsupportedOperationException("rows that are written as JSON already");
    }
  }
}
