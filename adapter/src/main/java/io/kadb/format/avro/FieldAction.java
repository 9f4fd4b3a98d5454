package io.kadb.format.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one field of a record: a written field is read or passed over; a field that only
 * the reader knows takes its default.
 *
 * @param action how to read it; null if it is passed over or not written
 * @param writer the written field; null if there is none
 * @param reader the field of the reader's schema; null if the reader does not know it
 * @param defaultValue the default of a field that is not written, as Avro's generic data
 */
record FieldAction(
    Resolver.@Nullable Action action,
    Schema.@Nullable Field writer,
    Schema.@Nullable Field reader,
    @Nullable Object defaultValue) {

  /**
   * Returns what happens to the fields of a record: the written ones in their order, then others.
   */
  static List<FieldAction> of(Resolver.RecordAdjust record) {
    List<FieldAction> fields = new ArrayList<>();
    int read = 0;
    for (int i = 0; i < record.fieldActions.length; i++) {
      Resolver.Action action = record.fieldActions[i];
      Schema.Field writer = record.writer.getFields().get(i);
      if (action.type == Resolver.Action.Type.SKIP) {
        fields.add(new FieldAction(null, writer, null, null));
      } else {
        fields.add(new FieldAction(action, writer, record.readerOrder[read++], null));
      }
    }
    for (int i = record.firstDefault; i < record.readerOrder.length; i++) {
      Object value = record.defaults[i - record.firstDefault];
      fields.add(new FieldAction(null, null, record.readerOrder[i], value));
    }
    return fields;
  }

  /** Returns the written type of a field that is passed over. */
  Schema writtenType() {
    return Objects.requireNonNull(writer).schema();
  }

  Attributes attributes() {
    return Attributes.of(reader, writer);
  }
}
