package io.kadb.sql;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.SourcedEncoder;
import io.kadb.message.Header;
import io.kadb.message.OutgoingMessage;
import io.kadb.option.OptionSet;
import io.kadb.type.ColumnType;
import io.kadb.type.TextInput;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes the messages of the rows that are inserted into a foreign table. */
final class TopicRows {
  private static final long MICROS = 1000;

  private final TopicTarget topic;
  private final SourcedEncoder encoder;
  private final List<Field> fields = new ArrayList<>();

  /** The values of the declared columns that the statement does not fill. */
  private final @Nullable String[] defaults;

  private long rows;

  /** A column of the source, and where its values go. */
  private record Field(TopicInserts.Target target, ColumnType from, int place) {
    boolean isDeclared() {
      return place >= 0;
    }
  }

  /**
   * Checks that the table can be written to.
   *
   * @throws KadbException HV002 if an option is missing, HV004, HV024, 0A000 if its format can only
   *     be read
   */
  TopicRows(DmlPlan.TopicInsert insert, DefaultValues defaultValues) {
    KafkaTable table = insert.table();
    OptionSet options = table.options();
    topic = TopicTarget.of(options);
    List<String> names = table.columns().stream().map(ColumnDefinition::name).toList();
    List<ColumnDefinition> columns = new ArrayList<>();
    defaults = new @Nullable String[names.size()];
    for (int i = 0; i < defaults.length; i++) {
      ColumnDefinition column = table.columns().get(i);
      Optional<String> text = defaultValues.of(column);
      columns.add(column.withDefault(text.map(ColumnDefault.Literal::new)));
      defaults[i] =
          text.map(t -> TextOutput.of(column.type()).text(TextInput.of(column.type()).read(t)))
              .orElse(null);
    }
    encoder = RowDecoders.encoder(columns, options);
    for (int i = 0; i < insert.targets().size(); i++) {
      TopicInserts.Target target = insert.targets().get(i);
      ColumnType from = insert.source().columns().get(i).type();
      fields.add(new Field(target, from, names.indexOf(target.name())));
    }
  }

  TopicTarget topic() {
    return topic;
  }

  /** Returns how many rows became messages. */
  long count() {
    return rows;
  }

  /**
   * Returns the message of a row.
   *
   * @throws KadbException that names row and column, if a value does not suit its column
   */
  OutgoingMessage message(@Nullable Object[] row) {
    rows++;
    try {
      @Nullable String[] texts = defaults.clone();
      OutgoingMessage given = OutgoingMessage.of(null, null);
      for (int i = 0; i < row.length; i++) {
        Field field = fields.get(i);
        String text = row[i] == null ? null : text(row[i], field);
        if (field.isDeclared()) {
          texts[field.place()] = text;
        } else if (text != null) {
          given = with(given, field.target(), text);
        }
      }
      return encoder.encode(topic.topic(), texts, given);
    } catch (KadbException e) {
      throw e.inPart("row " + rows);
    }
  }

  /** Returns a value as the output of its column's type prints it. */
  private static String text(Object value, Field field) {
    ColumnType from = field.from();
    ColumnType to = field.target().type();
    try {
      boolean isText = value instanceof String;
      String text = isText ? (String) value : Assignment.text(value, from, to);
      return from.equals(to) && !isText
          ? text
          : TextOutput.of(to).text(TextInput.of(to).read(text));
    } catch (KadbException e) {
      throw e.inColumn(field.target().name());
    }
  }

  private static OutgoingMessage with(
      OutgoingMessage message, TopicInserts.Target hidden, String text) {
    byte[] key = message.key();
    OptionalInt partition = message.partition();
    OptionalLong timestamp = message.timestampMillis();
    List<Header> headers = message.headers();
    Object value = TextInput.of(hidden.type()).read(text);
    if (hidden.type().kind() == TypeKind.BYTEA) {
      key = (byte[]) value;
    } else if (hidden.type().kind() == TypeKind.INTEGER) {
      partition = OptionalInt.of((int) notNegative((int) value, hidden));
    } else if (hidden.type().kind() == TypeKind.TIMESTAMP) {
      timestamp = OptionalLong.of(notNegative(Math.floorDiv((long) value, MICROS), hidden));
    } else {
      headers = HeadersText.read(text);
    }
    return new OutgoingMessage(key, null, partition, timestamp, headers);
  }

  private static long notNegative(long number, TopicInserts.Target hidden) {
    if (number < 0) {
      throw new KadbException(
              ErrorCode.BAD_PARAMETER,
              "found " + number + ", wanted a partition from 0 on, or a time not before 1970")
          .inColumn(hidden.name());
    }
    return number;
  }
}
