package io.kadb.format.json;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowArrays;
import io.kadb.format.RowShape;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.format.RowSink;
import io.kadb.format.WantedColumn;
import io.kadb.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of each object of a message: one object, several one after the other (newlines or
 * other blanks between them), or one array of objects. Or, by {@link RowUnit#DOCUMENT}, makes one
 * row of a message that is any one value. A column takes the field of its name, or the value at its
 * path.
 *
 * <ul>
 *   <li>A field that is missing is the column's DEFAULT or NULL; null is NULL; fields that no
 *       column takes are skipped. Of several fields of one name in an object, the last one counts.
 *   <li>Strings, numbers and booleans are the text that the column's type reads, to the last digit:
 *       {@code 1.0} is no INTEGER.
 *   <li>Objects and arrays keep their source text in columns of a text type, JSON and JSONB.
 *   <li>A JSON or JSONB column keeps the source text of any value, so that a string has its quotes.
 * </ul>
 */
public final class JsonDecoder implements Decoder {
  private final MessageLimits limits;
  private final RowUnit unit;
  private final RowArrays arrays;
  private final JsonColumn[] columns;
  private final PathNode root;
  private final FoundValues found;
  private final JsonScanner scanner;
  private final Unescaped unescaped = new Unescaped();

  /** Creates a decoder that makes a row of each object. */
  public JsonDecoder(RowShape shape, MessageLimits limits) {
    this(shape, RowUnit.OBJECTS, limits);
  }

  /**
   * Creates a decoder.
   *
   * @throws KadbException HV024 for a path that is not a JSON Pointer; the error of its type for a
   *     default that is no value of its column
   */
  public JsonDecoder(RowShape shape, RowUnit unit, MessageLimits limits) {
    this.limits = limits;
    this.unit = unit;
    this.arrays = new RowArrays(shape);
    List<JsonColumn> wanted = new ArrayList<>();
    List<JsonPointer> places = new ArrayList<>();
    for (ValueColumn column : shape.columns()) {
      JsonPointer place =
          column.path().map(JsonPointer::parse).orElseGet(() -> JsonPointer.member(column.name()));
      Optional<WantedColumn> one = WantedColumn.of(column, shape.spans());
      if (one.isPresent()) {
        wanted.add(new JsonColumn(one.get(), column.type()));
        places.add(place);
      }
    }
    this.columns = wanted.toArray(JsonColumn[]::new);
    this.root = PathNode.root(places);
    this.found = new FoundValues(columns.length);
    this.scanner = new JsonScanner(found);
  }

  @Override
  public void decode(Message message, RowSink rows) {
    byte[] value = message.value();
    if (value == null) {
      return;
    }
    try {
      limits.checkBytes(value.length);
      scanner.open(value);
      if (unit == RowUnit.DOCUMENT) {
        document(rows);
      } else if (scanner.peek() == '[') {
        elements(rows);
      } else {
        documents(rows);
      }
    } catch (KadbException e) {
      throw e.at(message.place());
    }
  }

  private void document(RowSink rows) {
    if (scanner.peek() == JsonScanner.END) {
      return;
    }
    found.clear();
    scanner.value(root);
    if (scanner.peek() != JsonScanner.END) {
      throw scanner.unexpected("the end of the message after its one document");
    }
    rows.row(row());
  }

  private void documents(RowSink rows) {
    for (long count = 1; scanner.peek() != JsonScanner.END; count++) {
      row(count, rows);
    }
  }

  private void elements(RowSink rows) {
    scanner.skip();
    if (scanner.peek() == ']') {
      scanner.skip();
    } else {
      boolean more = true;
      for (long count = 1; more; count++) {
        row(count, rows);
        int next = scanner.peek();
        if (next != ',' && next != ']') {
          throw scanner.unexpected("a comma or a closing bracket");
        }
        more = next == ',';
        scanner.skip();
      }
    }
    if (scanner.peek() != JsonScanner.END) {
      throw scanner.unexpected("the end of the message after the array");
    }
  }

  private void row(long count, RowSink rows) {
    limits.checkRows(count);
    found.clear();
    scanner.peek();
    int from = scanner.position();
    byte kind = scanner.value(root);
    if (kind != FoundValues.OBJECT) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT,
          "found "
              + FoundValues.name(kind)
              + " at byte "
              + from
              + ", wanted an object for each row");
    }
    rows.row(row());
  }

  private @Nullable Object[] row() {
    @Nullable Object[] row = arrays.next();
    unescaped.clear();
    byte[] bytes = scanner.bytes();
    for (int i = 0; i < columns.length; i++) {
      row[columns[i].slot()] = columns[i].value(bytes, found, i, unescaped);
    }
    return row;
  }
}
