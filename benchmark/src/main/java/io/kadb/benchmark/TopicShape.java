package io.kadb.benchmark;

/**
 * What a topic shall be like.
 *
 * @param form the form of its messages
 * @param name its name
 * @param partitions how many it has
 * @param filled how many of them, the first ones, have messages
 * @param messages how many there are
 * @param messageBytes how long each message is, for plain texts instead of orders; 0 for orders
 */
record TopicShape(
    Form form, String name, int partitions, int filled, long messages, int messageBytes) {
  /** Messages that follow one another in a partition, where there are many partitions. */
  private static final long LONGEST_RUN = 500;

  TopicShape {
    if (filled < 1 || filled > partitions || messages < 1 || messageBytes < 0) {
      throw new IllegalArgumentException(
          name + ": " + messages + " messages in " + filled + " of " + partitions + " partitions");
    }
    if (messageBytes > 0 && form != Form.TEXT) {
      throw new IllegalArgumentException(name + ": only texts have a size that is wanted");
    }
  }

  /** Orders in {@link BenchmarkTopic#PARTITIONS} partitions, in the form's topic. */
  static TopicShape of(Form form, long messages) {
    return new TopicShape(
        form, form.topic(), BenchmarkTopic.PARTITIONS, BenchmarkTopic.PARTITIONS, messages, 0);
  }

  /** This topic with another number of partitions, all filled, which its name tells. */
  TopicShape in(int number) {
    return new TopicShape(form, name + "_in_" + number, number, number, messages, messageBytes);
  }

  /** This topic with messages only in the first of some partitions, which its name tells. */
  TopicShape filling(int first, int of) {
    return new TopicShape(
        form, name + "_in_" + first + "_of_" + of, of, first, messages, messageBytes);
  }

  /** This topic with texts of a size, which its name tells. */
  TopicShape sized(int bytes) {
    return new TopicShape(form, name + "_of_" + bytes, partitions, filled, messages, bytes);
  }

  /**
   * The partition of a message, by its number. Messages are dealt one by one to a few partitions,
   * and in runs to many: so batches are of a similar size however many partitions there are.
   */
  int partition(long message) {
    long run =
        filled <= BenchmarkTopic.PARTITIONS
            ? 1
            : Math.max(1, Math.min(LONGEST_RUN, messages / filled));
    return (int) (message / run % filled);
  }
}
