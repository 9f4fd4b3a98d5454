package io.kadb.benchmark;

/** What a baseline does with each message; one for each thread. */
interface MessageReader {
  /** Reads the value of a message and returns how many rows it holds. */
  long read(byte[] value);

  /** A number made of everything read, so that the compiler cannot leave the reading out. */
  long digest();

  /** Touches each byte and does nothing with it; a message counts as a number of rows. */
  static MessageReader touching(int rowsOfMessage) {
    return new MessageReader() {
      private long sum;

      @Override
      public long read(byte[] value) {
        for (byte b : value) {
          sum += b;
        }
        return rowsOfMessage;
      }

      @Override
      public long digest() {
        return sum;
      }
    };
  }
}
