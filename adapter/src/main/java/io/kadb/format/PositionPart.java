package io.kadb.format;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.format.ColumnSource.Position;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import io.kadb.type.ColumnType;
import io.kadb.type.TextOutput;
import io.kadb.type.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * A column that comes from where the message stands: by the text input of its type, short cuts for
 * the usual types apart.
 */
final class PositionPart implements MessagePart {
  private static final TextOutput WALL_TIME = TextOutput.of(ColumnType.TIMESTAMP);
  private static final long MICROS = 1000;
  private static final int MILLISECOND_DIGITS = 3;

  /** The first and the last millisecond of the years 1 to 9999. */
  private static final long FIRST_MILLIS = -62_135_596_800_000L;

  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private final WantedColumn column;
  private final TypeKind kind;
  private final Position position;

  /** Whether the column's values are microseconds that any millisecond can be. */
  private final boolean keepsMillis;

  private @Nullable Object value;

  PositionPart(WantedColumn column, ColumnType type, Position position) {
    this.column = column;
    this.kind = type.kind();
    this.position = position;
    this.keepsMillis =
        (kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMPTZ)
            && type.precision().orElse(MILLISECOND_DIGITS) >= MILLISECOND_DIGITS;
  }

  @Override
  public void read(Message message) {
    try {
      value =
          switch (position) {
            case TOPIC -> column.read(message.topic());
            case PARTITION -> number(message.partition());
            case OFFSET -> number(message.offset());
            case TIMESTAMP ->
                message.timestampType() == TimestampType.NONE
                    ? column.absentValue()
                    : timestamp(message.timestampMillis());
            case META -> column.read(meta(message));
          };
    } catch (KadbException e) {
      throw e.inPart(position.label()).at(message.place());
    }
  }

  /** Topics have names that need no escapes. */
  private static String meta(Message message) {
    boolean none = message.timestampType() == TimestampType.NONE;
    return "{\"topic\":\""
        + message.topic()
        + "\",\"partition\":"
        + message.partition()
        + ",\"offset\":"
        + message.offset()
        + ",\"timestamp\":"
        + (none ? "null" : Long.toString(message.timestampMillis()))
        + "}";
  }

  private Object number(long number) {
    if (kind == TypeKind.BIGINT) {
      return number;
    } else if (kind == TypeKind.INTEGER && number == (int) number) {
      return (int) number;
    }
    return column.read(Long.toString(number));
  }

  private Object timestamp(long millis) {
    switch (kind) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NUMERIC, OID -> {
        return number(millis);
      }
      default -> {}
    }
    if (millis < FIRST_MILLIS || millis > LAST_MILLIS) {
      throw new KadbException(
              ErrorCode.DATETIME_OUT_OF_RANGE,
              "found " + millis + " milliseconds since 1970, wanted a time in the years 1 to 9999")
          .inColumn(column.name())
          .withHint("declare the column BIGINT to have the milliseconds");
    }
    long micros = millis * MICROS;
    return keepsMillis ? (Object) micros : column.read(WALL_TIME.text(micros));
  }

  @Override
  public void fill(@Nullable Object[] row) {
    row[column.slot()] = value;
  }
}
