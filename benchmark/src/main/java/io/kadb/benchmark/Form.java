package io.kadb.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How orders become the value of a message. */
enum Form {
  /** The whole message is one column. */
  TEXT("text", 1) {
    @Override
    byte[] value(List<Order> orders) {
      return CSV.value(orders);
    }
  },
  /** Fields with commas, without quotes. */
  CSV("csv", 1) {
    @Override
    byte[] value(List<Order> orders) {
      Order order = orders.get(0);
      return utf8(
          order.id()
              + ","
              + order.customer()
              + ","
              + order.quantity()
              + ","
              + order.weight()
              + ","
              + TIMESTAMP.format(order.ordered())
              + ","
              + order.paid()
              + ","
              + order.note()
              + ","
              + order.amount());
    }
  },
  /** An object of eight fields. */
  JSON("json", 1) {
    @Override
    byte[] value(List<Order> orders) {
      Order order = orders.get(0);
      return utf8(
          "{\"id\":%d,\"customer\":\"%s\",\"quantity\":%d,\"weight\":%s,\"ordered\":\"%s\",\"paid\":%s,\"note\":\"%s\",\"amount\":%s}"
              .formatted(
                  order.id(),
                  order.customer(),
                  order.quantity(),
                  order.weight(),
                  TIMESTAMP.format(order.ordered()),
                  order.paid(),
                  order.note(),
                  order.amount()));
    }
  },
  /** Object container files of one record, each with its schema. */
  AVRO("avro", 1) {
    @Override
    byte[] value(List<Order> orders) {
      return AvroOrders.container(orders);
    }
  },
  /** Object container files of a hundred records. */
  AVRO100("avro", 100) {
    @Override
    byte[] value(List<Order> orders) {
      return AvroOrders.container(orders);
    }
  };

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final String format;
  private final int orders;

  Form(String format, int orders) {
    this.format = format;
    this.orders = orders;
  }

  /** The topic's and the table's name. */
  String topic() {
    return "benchmark_" + name().toLowerCase(Locale.ROOT);
  }

  /** The format of the foreign table. */
  String format() {
    return format;
  }

  /** How many orders a message holds. */
  int orders() {
    return orders;
  }

  /**
   * How many messages a topic has, of which the large ones are to have some rows: those of Avro
   * have a quarter of the messages, or as many rows.
   */
  long messages(long rows) {
    return switch (this) {
      case TEXT, CSV, JSON -> rows;
      case AVRO -> Math.max(1, rows / 4);
      case AVRO100 -> Math.max(1, rows / orders);
    };
  }

  /** The columns of the foreign table. */
  String columns() {
    return this == TEXT ? "line TEXT" : Order.COLUMNS;
  }

  /** An aggregate over all columns; its first column is the number of rows. */
  String allColumns() {
    return allColumns(topic());
  }

  /** The same over another table of this form. */
  String allColumns(String table) {
    return this == TEXT
        ? "SELECT count(*), max(line) FROM " + table
        : "SELECT count(*), sum(id), max(customer), sum(quantity), sum(weight), max(ordered),"
            + " sum(CASE WHEN paid THEN 1 ELSE 0 END), min(note), sum(amount) FROM "
            + table;
  }

  /** The sum of one column; text has none, and gives its longest line. */
  String oneColumn() {
    return this == TEXT
        ? "SELECT max(length(line)) FROM " + topic()
        : "SELECT sum(quantity) FROM " + topic();
  }

  /** The tightest loop over such messages that can be written by hand. */
  MessageReader byHand() {
    return switch (this) {
      case TEXT -> new TextByHand();
      case CSV -> new CsvByHand();
      case JSON -> new JsonByHand();
      case AVRO, AVRO100 -> new AvroByHand();
    };
  }

  /** The value of a message. */
  abstract byte[] value(List<Order> orders);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
