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

  /** The columns of the foreign table. */
  String columns() {
    return this == TEXT ? "line TEXT" : Order.COLUMNS;
  }

  /** An aggregate over all columns; its first column is the number of rows. */
  String allColumns() {
    return this == TEXT
        ? "SELECT count(*), max(line) FROM " + topic()
        : "SELECT count(*), sum(id), max(customer), sum(quantity), sum(weight), max(ordered),"
            + " sum(CASE WHEN paid THEN 1 ELSE 0 END), min(note), sum(amount) FROM "
            + topic();
  }

  /** The value of a message. */
  abstract byte[] value(List<Order> orders);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
