package io.kadb.benchmark;

import io.kadb.format.RowShape;
import io.kadb.format.RowShape.ValueColumn;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/**
 * Orders without a broker: the values of messages, and the columns that they hold. The same as the
 * first messages of a {@link BenchmarkTopic}.
 */
public final class OrderMessages {
  private OrderMessages() {}

  /**
   * Returns the values of messages.
   *
   * @param form the name of a {@link Form}
   * @param orders how many orders they hold together
   */
  public static byte[][] values(String form, int orders) {
    Form wanted = Form.valueOf(form);
    RandomGenerator random = new SplittableRandom(BenchmarkTopic.SEED);
    byte[][] values = new byte[orders / wanted.orders()][];
    long id = 0;
    for (int message = 0; message < values.length; message++) {
      List<Order> some = new ArrayList<>();
      for (int i = 0; i < wanted.orders(); i++) {
        some.add(Order.next(id++, random));
      }
      values[message] = wanted.value(some);
    }
    // Side by side in memory, as a fetch has them, and not among the garbage of their making.
    return Arrays.stream(values).map(byte[]::clone).toArray(byte[][]::new);
  }

  /** Returns the format of the messages of a form. */
  public static String format(String form) {
    return Form.valueOf(form).format();
  }

  /**
   * Returns the tightest loop over the messages of a form; it returns how many orders it has read.
   */
  public static ToLongFunction<byte[]> byHand(String form) {
    MessageReader reader = Form.valueOf(form).byHand();
    return reader::read;
  }

  /**
   * Returns the shape of rows.
   *
   * @param form the name of a {@link Form}
   * @param wanted says by their names which columns go into the rows
   * @param spans whether rows may hold texts in place of values
   */
  public static RowShape shape(String form, Predicate<String> wanted, boolean spans) {
    List<ValueColumn> columns = new ArrayList<>();
    int width = 0;
    for (String column : Form.valueOf(form).columns().split(", ")) {
      int blank = column.indexOf(' ');
      String name = column.substring(0, blank);
      ColumnType type = ColumnType.parse(column.substring(blank + 1));
      Optional<Integer> slot = wanted.test(name) ? Optional.of(width++) : Optional.empty();
      columns.add(new ValueColumn(name, type, false, Optional.empty(), slot));
    }
    return new RowShape(columns, width, spans);
  }

  /** Fills a topic that does not exist yet, and returns its name. */
  public static String fill(String brokers, String form, int messages)
      throws ExecutionException, InterruptedException {
    return BenchmarkTopic.create(brokers, Form.valueOf(form), messages).form().topic();
  }

  /** How many partitions such a topic has. */
  public static int partitions() {
    return BenchmarkTopic.PARTITIONS;
  }

  /** Returns the types of the columns of a form. */
  public static List<ColumnType> types(String form) {
    return shape(form, name -> true, false).columns().stream().map(ValueColumn::type).toList();
  }
}
