package io.kadb.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random messages give the same records by the splitter, by its quoted path alone, and by a plain
 * model of libcsv's states.
 */
class CsvSplitterTest {
  private static final int MESSAGES = 100_000;
  private static final int MANY_MESSAGES = 1_000_000;
  private static final long SEED = 20240229;
  private static final String ALPHABET = "ab1,,,,\"\"\" \t\n\r;'";
  private static final int KEPT = 40;

  @Test
  void bothPathsAndTheModelAgree() {
    Random random = new Random(SEED);
    int quoted = 0;
    for (int i = 0; i < MESSAGES; i++) {
      CsvOptions options = options(random);
      byte[] message = message(random);
      List<List<String>> modelled = new LibcsvModel(options).records(message);
      assertThat(bothPaths(options, message))
          .as(() -> context(options, message))
          .isEqualTo(modelled);
      assertThat(quotedPathOnly(options, message))
          .as(() -> context(options, message))
          .isEqualTo(modelled);
      quoted += new String(message, StandardCharsets.UTF_8).indexOf(options.quote()) >= 0 ? 1 : 0;
    }
    assertThat(quoted).isBetween(MESSAGES / 10, MESSAGES * 9 / 10);
  }

  /** Records split in place, and the same records by the path that takes quotes. */
  @Test
  void bothPathsAgreeOnAMillionMessages() {
    Random random = new Random(SEED);
    int inPlace = 0;
    long fields = 0;
    for (int i = 0; i < MANY_MESSAGES; i++) {
      CsvOptions options = options(random);
      byte[] message = message(random);
      CsvRecord record = new CsvRecord(KEPT);
      CsvSplitter splitter = new CsvSplitter(options, record);
      CsvRecord quotedRecord = new CsvRecord(KEPT);
      QuotedSplitter quoted = new QuotedSplitter(options, quotedRecord);
      splitter.open(message);
      int at = 0;
      while (splitter.next()) {
        at = at < message.length ? quoted.record(message, at) : -1;
        if (at < 0 || !same(record, quotedRecord)) {
          fail("the paths differ: " + context(options, message));
        }
        fields += record.count();
        inPlace += record.bytes() == message ? 1 : 0;
      }
      if (at != message.length) {
        fail("the quoted path goes on: " + context(options, message));
      }
    }
    assertThat(inPlace).as("records split in place").isGreaterThan(MANY_MESSAGES);
    assertThat(fields).isGreaterThan(3L * MANY_MESSAGES);
  }

  private static boolean same(CsvRecord one, CsvRecord other) {
    boolean same = one.count() == other.count();
    for (int i = 0; same && i < one.count(); i++) {
      same =
          Arrays.equals(
              one.bytes(), one.from(i), one.to(i), other.bytes(), other.from(i), other.to(i));
    }
    return same;
  }

  private static String context(CsvOptions options, byte[] message) {
    return "seed "
        + SEED
        + ", "
        + options
        + ", message "
        + Arrays.toString(message)
        + " "
        + new String(message, StandardCharsets.UTF_8);
  }

  private static CsvOptions options(Random random) {
    CsvOptions options = CsvOptions.DEFAULT.withTrim(random.nextBoolean());
    return switch (random.nextInt(4)) {
      case 0 -> options.withDelimiter(';').withQuote('\'');
      case 1 -> options.withDelimiter('\t');
      default -> options;
    };
  }

  private static byte[] message(Random random) {
    byte[] message = new byte[random.nextInt(KEPT)];
    int letters = random.nextInt(3) == 0 ? 8 : ALPHABET.length();
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) ALPHABET.charAt(random.nextInt(letters));
    }
    return message;
  }

  private static List<List<String>> bothPaths(CsvOptions options, byte[] message) {
    CsvRecord record = new CsvRecord(KEPT);
    CsvSplitter splitter = new CsvSplitter(options, record);
    List<List<String>> records = new ArrayList<>();
    splitter.open(message);
    while (splitter.next()) {
      keep(record, records);
    }
    return records;
  }

  private static List<List<String>> quotedPathOnly(CsvOptions options, byte[] message) {
    CsvRecord record = new CsvRecord(KEPT);
    QuotedSplitter splitter = new QuotedSplitter(options, record);
    List<List<String>> records = new ArrayList<>();
    int at = 0;
    while (at < message.length) {
      at = splitter.record(message, at);
      keep(record, records);
    }
    return records;
  }

  /** Keeps the record unless it is a blank line, which is no record by either path. */
  private static void keep(CsvRecord record, List<List<String>> records) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < record.count(); i++) {
      int length = record.to(i) - record.from(i);
      fields.add(new String(record.bytes(), record.from(i), length, StandardCharsets.UTF_8));
    }
    if (!fields.equals(List.of(""))) {
      records.add(fields);
    }
  }

  /** The states of libcsv, as its documentation describes them, one character at a time. */
  private static final class LibcsvModel {
    private enum State {
      RECORD_NOT_BEGUN,
      FIELD_NOT_BEGUN,
      PLAIN,
      QUOTED,
      PERHAPS_ENDED
    }

    private final CsvOptions options;
    private final List<List<String>> records = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private List<String> fields = new ArrayList<>();
    private State state = State.RECORD_NOT_BEGUN;

    /** Blanks at the end of the field so far that go if it ends here. */
    private int blanks;

    LibcsvModel(CsvOptions options) {
      this.options = options;
    }

    List<List<String>> records(byte[] message) {
      for (byte b : message) {
        character(b);
      }
      if (state != State.RECORD_NOT_BEGUN) {
        endField();
        endRecord();
      }
      records.removeIf(record -> record.equals(List.of("")));
      return records;
    }

    private void character(byte b) {
      boolean blank = options.trim() && (b == ' ' || b == '\t');
      if (b == options.delimiter() && state != State.QUOTED) {
        endField();
        state = State.FIELD_NOT_BEGUN;
      } else if ((b == '\n' || b == '\r') && state != State.QUOTED) {
        if (state != State.RECORD_NOT_BEGUN) {
          endField();
          endRecord();
        }
      } else {
        switch (state) {
          case RECORD_NOT_BEGUN, FIELD_NOT_BEGUN -> begin(b, blank);
          case PLAIN -> append(b, blank ? blanks + 1 : 0);
          case QUOTED -> {
            append(b, 0);
            state = b == options.quote() ? State.PERHAPS_ENDED : State.QUOTED;
          }
          default -> afterQuote(b, blank);
        }
      }
    }

    private void begin(byte b, boolean blank) {
      if (blank) {
        return;
      }
      if (b == options.quote()) {
        state = State.QUOTED;
      } else {
        state = State.PLAIN;
        append(b, 0);
      }
    }

    private void afterQuote(byte b, boolean blank) {
      if (blank) {
        append(b, blanks + 1);
      } else if (b == options.quote() && blanks == 0) {
        state = State.QUOTED;
      } else {
        append(b, 0);
        state = b == options.quote() ? State.PERHAPS_ENDED : State.QUOTED;
      }
    }

    private void append(byte b, int newBlanks) {
      field.append((char) b);
      blanks = newBlanks;
    }

    private void endField() {
      int surplus = state == State.PERHAPS_ENDED ? blanks + 1 : state == State.PLAIN ? blanks : 0;
      field.setLength(field.length() - surplus);
      fields.add(field.toString());
      field.setLength(0);
      blanks = 0;
    }

    private void endRecord() {
      records.add(fields);
      fields = new ArrayList<>();
      state = State.RECORD_NOT_BEGUN;
    }
  }
}
