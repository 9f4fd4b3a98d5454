package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.ColumnSource.NamedHeader;
import io.kadb.format.ColumnSource.Payload;
import io.kadb.format.ColumnSource.Position;
import io.kadb.format.RowShape.ValueColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes decoders for a table whose columns come from any part of a message. Columns that do not
 * come from the value have no position there and do not count for it. Safe for several threads.
 */
public final class SourcedDecoders {
  private final List<SourcedColumn> columns;
  private final int width;
  private final boolean spans;
  private final DecoderFactory values;
  private final Optional<DecoderFactory> keys;

  /** Creates the maker of decoders whose rows hold values. */
  public SourcedDecoders(
      List<SourcedColumn> columns,
      int width,
      DecoderFactory values,
      Optional<DecoderFactory> keys) {
    this(columns, width, false, values, keys);
  }

  /**
   * Creates the maker.
   *
   * @param columns the declared columns in their order
   * @param width the number of elements of a row
   * @param spans whether rows may hold texts in place of values, as {@link RowShape} says
   * @param values for the message's value
   * @param keys for its key; present if a column comes from the key
   */
  public SourcedDecoders(
      List<SourcedColumn> columns,
      int width,
      boolean spans,
      DecoderFactory values,
      Optional<DecoderFactory> keys) {
    this.columns = List.copyOf(columns);
    this.width = width;
    this.spans = spans;
    this.values = values;
    this.keys = keys;
  }

  /**
   * Returns a new decoder.
   *
   * @throws KadbException HV004 if the columns do not suit the format of the value or of the key;
   *     the error of its type for a default that is no value of its column
   */
  public Decoder decoder() {
    Decoder value = values.decoder(shape(Payload.VALUE));
    List<MessagePart> parts = new ArrayList<>();
    keys.map(this::keyPart).filter(KeyPart::isWanted).ifPresent(parts::add);
    for (SourcedColumn each : columns) {
      WantedColumn.of(each.column()).flatMap(column -> part(each, column)).ifPresent(parts::add);
    }
    return parts.isEmpty() ? value : new SourcedDecoder(value, parts);
  }

  private KeyPart keyPart(DecoderFactory factory) {
    RowShape shape = shape(Payload.KEY);
    try {
      return new KeyPart(factory.decoder(shape), WantedColumn.of(shape));
    } catch (KadbException e) {
      KadbException ofKey = e.inPart(Payload.KEY.label());
      throw e.code() == ErrorCode.COLUMNS_DO_NOT_SUIT_FORMAT
          ? ofKey.withHint("k_key_format says in which format the key is")
          : ofKey;
    }
  }

  private static Optional<MessagePart> part(SourcedColumn each, WantedColumn column) {
    if (each.source() instanceof NamedHeader header) {
      return Optional.of(new HeaderPart(column, header));
    } else if (each.source() instanceof Position position) {
      return Optional.of(new PositionPart(column, each.column().type(), position));
    }
    return Optional.empty();
  }

  private RowShape shape(Payload source) {
    List<ValueColumn> shape =
        columns.stream().filter(c -> c.source() == source).map(SourcedColumn::column).toList();
    return new RowShape(shape, width, spans);
  }
}
