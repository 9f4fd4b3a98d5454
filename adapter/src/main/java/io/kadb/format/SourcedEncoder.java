package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.ColumnSource.NamedHeader;
import io.kadb.format.ColumnSource.Payload;
import io.kadb.format.ColumnSource.Position;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.message.Header;
import io.kadb.message.KeptMessage;
import io.kadb.message.OutgoingMessage;
import io.kadb.message.TimestampType;
import io.kadb.type.TextOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message of a row of a table whose columns may come from any part of a message. Before a
 * message is given away it is decoded again, and refused unless that gives the row it was made of:
 * so nothing is written that would be read as something else. Used by one thread at a time.
 */
public final class SourcedEncoder {
  private final List<SourcedColumn> columns;
  private final List<Integer> valueColumns;
  private final List<Integer> keyColumns;
  private final Encoder values;
  private final Optional<Encoder> keys;
  private final Decoder decoder;
  private final TextOutput[] outputs;
  private @Nullable Object @Nullable [] decoded;

  /**
   * Creates an encoder.
   *
   * @param columns the declared columns in their order; the slot of each is its place
   * @param values makes the message's value
   * @param keys makes its key; present if a column comes from the key
   * @param decoder reads the same columns
   */
  public SourcedEncoder(
      List<SourcedColumn> columns,
      EncoderFactory values,
      Optional<EncoderFactory> keys,
      Decoder decoder) {
    this.columns = List.copyOf(columns);
    this.valueColumns = from(Payload.VALUE);
    this.keyColumns = from(Payload.KEY);
    this.values = values.encoder(shape(valueColumns));
    this.keys =
        keyColumns.isEmpty() ? Optional.empty() : keys.map(k -> k.encoder(shape(keyColumns)));
    this.decoder = decoder;
    this.outputs =
        columns.stream().map(c -> TextOutput.of(c.column().type())).toArray(TextOutput[]::new);
  }

  private List<Integer> from(Payload source) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).source() == source) {
        places.add(i);
      }
    }
    return places;
  }

  private List<ValueColumn> shape(List<Integer> places) {
    return places.stream().map(i -> columns.get(i).column()).toList();
  }

  /**
   * Makes a message.
   *
   * @param topic the topic it goes to
   * @param texts the columns' values, each as the output of its type prints it; null for NULL, and
   *     for a position that nothing is said of
   * @param given what is said of the message besides; its value does not count
   * @throws KadbException 22P04 if the row would not be read back, with the column; 23502
   */
  public OutgoingMessage encode(String topic, @Nullable String[] texts, OutgoingMessage given) {
    byte[] key =
        keys.isPresent() && keyColumns.stream().anyMatch(i -> texts[i] != null)
            ? keys.get().encode(chosen(texts, keyColumns))
            : given.key();
    OptionalInt partition = given.partition();
    OptionalLong timestamp = given.timestampMillis();
    List<Header> headers = new ArrayList<>(given.headers());
    for (int i = 0; i < texts.length; i++) {
      ColumnSource source = columns.get(i).source();
      String text = texts[i];
      if (text == null) {
        continue;
      } else if (source instanceof NamedHeader header) {
        headers.add(new Header(header.name(), text.getBytes(StandardCharsets.UTF_8)));
      } else if (source == Position.PARTITION) {
        partition = OptionalInt.of(PositionText.partition(text, columns.get(i).column()));
      } else if (source == Position.TIMESTAMP) {
        timestamp = OptionalLong.of(PositionText.millis(text, columns.get(i).column()));
      }
    }
    OutgoingMessage message =
        new OutgoingMessage(
            key, values.encode(chosen(texts, valueColumns)), partition, timestamp, headers);
    checkReadBack(topic, texts, message);
    return message;
  }

  private static @Nullable String[] chosen(@Nullable String[] texts, List<Integer> places) {
    @Nullable String[] chosen = new @Nullable String[places.size()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = texts[places.get(i)];
    }
    return chosen;
  }

  private void checkReadBack(String topic, @Nullable String[] texts, OutgoingMessage message) {
    decoded = null;
    try {
      decoder.decode(read(topic, message), this::keep);
    } catch (KadbException e) {
      // The message has no place yet that an error could name.
      KadbException placeless = new KadbException(e.code(), e.what(), e);
      throw e.column().map(placeless::inColumn).orElse(placeless);
    }
    if (decoded == null) {
      throw new KadbException(
              ErrorCode.BAD_MESSAGE_FORMAT,
              "such a row cannot be told from no row in the format of the table")
          .withHint("in format csv, csv_dialect 'postgresql' tells empty texts and NULL apart");
    }
    for (int i = 0; i < texts.length; i++) {
      if (!(columns.get(i).source() instanceof Position && texts[i] == null)) {
        checkSame(i, texts[i], decoded[i]);
      }
    }
  }

  private void checkSame(int place, @Nullable String text, @Nullable Object value) {
    String back = value == null ? null : outputs[place].text(value);
    boolean same = text == null ? back == null : text.equals(back);
    if (!same) {
      throw new KadbException(
              ErrorCode.BAD_MESSAGE_FORMAT,
              "found " + shown(text) + ", which would be read back as " + shown(back))
          .inColumn(columns.get(place).column().name())
          .withHint("the format of the table, or the part of the message, cannot carry the value");
    }
  }

  private static String shown(@Nullable String text) {
    return text == null ? "NULL" : KadbException.shown(text);
  }

  private void keep(@Nullable Object[] row) {
    if (decoded != null) {
      throw new KadbException(
          ErrorCode.BAD_MESSAGE_FORMAT, "such a row would be read back as several");
    }
    decoded = row.clone();
  }

  private static KeptMessage read(String topic, OutgoingMessage message) {
    return new KeptMessage(
        topic,
        message.partition().orElse(0),
        0,
        message.timestampMillis().orElse(0),
        TimestampType.CREATE,
        message.key(),
        message.value(),
        message.headers());
  }
}
