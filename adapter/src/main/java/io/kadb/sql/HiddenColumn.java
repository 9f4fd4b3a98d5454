package io.kadb.sql;

import io.kadb.message.Header;
import io.kadb.message.Message;
import io.kadb.message.TimestampType;
import io.kadb.type.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.runtime.JsonFunctions;
import org.jspecify.annotations.Nullable;

/**
 * The columns every foreign table has besides the declared ones: where a message stood and what
 * came with it. They are not in {@code SELECT *}, but can be used by name anywhere.
 */
enum HiddenColumn {
  TOPIC("_topic", ColumnType.VARCHAR, false) {
    @Override
    Object value(Message message, int row) {
      return message.topic();
    }
  },
  PARTITION("_partition", ColumnType.INTEGER, false) {
    @Override
    Object value(Message message, int row) {
      return message.partition();
    }
  },
  OFFSET("_offset", ColumnType.BIGINT, false) {
    @Override
    Object value(Message message, int row) {
      return message.offset();
    }
  },
  /** UTC wall time. */
  TIMESTAMP("_timestamp", ColumnType.timestamp(3), true) {
    @Override
    @Nullable Object value(Message message, int row) {
      return message.timestampType() == TimestampType.NONE ? null : message.timestampMillis();
    }
  },
  TIMESTAMP_TYPE("_timestamp_type", ColumnType.VARCHAR, false) {
    @Override
    Object value(Message message, int row) {
      return message.timestampType().label();
    }
  },
  KEY("_key", ColumnType.BYTEA, true) {
    @Override
    @Nullable Object value(Message message, int row) {
      return bytes(message.key());
    }
  },
  VALUE("_value", ColumnType.BYTEA, true) {
    @Override
    @Nullable Object value(Message message, int row) {
      return bytes(message.value());
    }
  },
  /** A JSON array in the order of the headers. */
  HEADERS("_headers", ColumnType.VARCHAR, false) {
    @Override
    Object value(Message message, int row) {
      StringBuilder json = new StringBuilder("[");
      for (Header header : message.headers()) {
        json.append(json.length() > 1 ? "," : "").append("{\"key\":").append(quoted(header.key()));
        append(json, header.value());
        json.append('}');
      }
      return json.append(']').toString();
    }
  },
  /** Counted from 0 within the message. */
  ROW("_row", ColumnType.INTEGER, false) {
    @Override
    Object value(Message message, int row) {
      return row;
    }
  },
  TOMBSTONE("_tombstone", ColumnType.BOOLEAN, false) {
    @Override
    Object value(Message message, int row) {
      return message.value() == null;
    }
  };

  private final String label;
  private final ColumnType type;
  private final boolean nullable;

  HiddenColumn(String label, ColumnType type, boolean nullable) {
    this.label = label;
    this.type = type;
    this.nullable = nullable;
  }

  String label() {
    return label;
  }

  ColumnType type() {
    return type;
  }

  boolean nullable() {
    return nullable;
  }

  /** Returns the engine's value for a row of a message. */
  abstract @Nullable Object value(Message message, int row);

  private static @Nullable ByteString bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : new ByteString(bytes);
  }

  private static String quoted(String text) {
    return JsonFunctions.jsonize(text);
  }

  /** Appends a header's value: as text where it is UTF-8, otherwise as Base64. */
  private static void append(StringBuilder json, byte @Nullable [] value) {
    if (value == null) {
      json.append(",\"value\":null");
      return;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      json.append(",\"value\":").append(quoted(text));
    } catch (CharacterCodingException e) {
      json.append(",\"base64\":\"").append(Base64.getEncoder().encodeToString(value)).append('"');
    }
  }
}
