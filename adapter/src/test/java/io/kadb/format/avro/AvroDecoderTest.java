package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.MessageLimits;
import io.kadb.format.PrintedRows;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroDecoderTest extends DecoderContract {
  private static final Schema THREE =
      AvroBytes.record(
          "{\"name\":\"x\",\"type\":\"string\"}",
          "{\"name\":\"y\",\"type\":[\"null\",\"string\"]}",
          "{\"name\":\"z\",\"type\":\"double\"}");
  private static final Schema TWO =
      AvroBytes.record(
          "{\"name\":\"id\",\"type\":\"int\"}", "{\"name\":\"name\",\"type\":\"string\"}");
  private static final String[] COLUMNS = {"id integer", "name text"};
  private static final MessageLimits WIDE = MessageLimits.DEFAULT;

  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return new AvroDecoder(shape, AvroOptions.DEFAULT, limits);
  }

  @Override
  protected List<String> columns() {
    return List.of("n integer", "t text", "d double precision");
  }

  @Override
  protected byte[] message(String n) {
    return AvroBytes.file(THREE, n, "x", 1.5);
  }

  @Override
  protected int rowsOfNoValue() {
    return 0;
  }

  private static CodecFactory codec(String name) {
    return CodecFactory.fromString(name);
  }

  private static List<GenericRecord> many(int count) {
    List<GenericRecord> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(AvroBytes.row(TWO, i, "name " + i));
    }
    return rows;
  }

  private static List<List<@Nullable Object>> manyDecoded(int count) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(List.of(i, "name " + i));
    }
    return rows;
  }

  private KadbException refusal(byte[] message, MessageLimits limits, String... columns) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> Shapes.rows(decoder(Shapes.of(columns), limits), new TestMessage(message)));
    assertThat(e).as("wanted an error").isNotNull();
    assertThat(e.getMessage()).startsWith("orders[3]@1842");
    return e;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard", "xz"})
  void readsEveryCodec(String name) {
    byte[] file = AvroBytes.file(TWO, codec(name), 37, many(100));
    assertThat(AvroBytes.rows(file, COLUMNS)).isEqualTo(manyDecoded(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "snappy", "bzip2", "zstandard", "xz"})
  void readsBlocksThatGrowFarBeyondTheMessage(String name) {
    Schema schema = AvroBytes.field("\"string\"");
    String text = "x".repeat(1_000_000);
    byte[] file =
        AvroBytes.file(
            schema,
            codec(name),
            1,
            List.of(AvroBytes.row(schema, text), AvroBytes.row(schema, text + text)));
    assertThat(AvroBytes.rows(file, "f text"))
        .isEqualTo(List.of(List.of(text), List.of(text + text)));
  }

  @Test
  void readsAHundredBlocks() {
    byte[] file = AvroBytes.file(TWO, codec("null"), 3, many(300));
    assertThat(AvroBytes.rows(file, COLUMNS)).isEqualTo(manyDecoded(300));
  }

  @Test
  void aFileWithoutRecordsGivesNoRow() {
    byte[] file = AvroBytes.file(TWO, codec("null"), 1, List.of());
    assertThat(AvroBytes.rows(file, COLUMNS)).isEmpty();
  }

  @Test
  void eachMessageIsReadByItsOwnSchema() {
    Schema other =
        AvroBytes.record(
            "{\"name\":\"id\",\"type\":\"long\"}",
            "{\"name\":\"name\",\"type\":[\"null\",\"string\"]}",
            "{\"name\":\"more\",\"type\":\"bytes\"}");
    Decoder decoder = decoder(Shapes.of(COLUMNS), WIDE);
    byte[] first = AvroBytes.file(TWO, 1, "a");
    byte[] second = AvroBytes.file(other, 2L, null, ByteBuffer.allocate(3));
    for (int i = 0; i < 3; i++) {
      assertThat(Shapes.rows(decoder, new TestMessage(first))).isEqualTo(List.of(List.of(1, "a")));
      assertThat(Shapes.rows(decoder, new TestMessage(second)))
          .isEqualTo(List.of(Arrays.asList(2, null)));
    }
  }

  @Test
  void theSameSchemaWithAnotherCodecIsNotTakenForTheLastHeader() {
    Decoder decoder = decoder(Shapes.of(COLUMNS), WIDE);
    for (String name : List.of("null", "deflate", "null", "snappy")) {
      byte[] file = AvroBytes.file(TWO, codec(name), 1, many(2));
      assertThat(Shapes.rows(decoder, new TestMessage(file))).isEqualTo(manyDecoded(2));
    }
  }

  @Test
  void keepsToALimitedNumberOfSchemas() {
    Decoder decoder = decoder(Shapes.of("id integer"), WIDE);
    for (int i = 0; i < 250; i++) {
      Schema schema = AvroBytes.record("{\"name\":\"f" + i + "\",\"type\":\"int\"}");
      assertThat(Shapes.rows(decoder, new TestMessage(AvroBytes.file(schema, i))))
          .isEqualTo(List.of(List.of(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard", "xz"})
  void noticesACutAtEveryByteExceptBetweenBlocks(String name) {
    byte[] file = AvroBytes.file(TWO, codec(name), 2, many(4));
    List<Integer> unnoticed = new ArrayList<>();
    for (int length = 1; length < file.length; length++) {
      try {
        AvroBytes.rows(Arrays.copyOf(file, length), COLUMNS);
        unnoticed.add(length);
      } catch (KadbException e) {
        assertThat(e.sqlState()).isEqualTo("22P04");
      }
    }
    byte[] head = AvroBytes.file(TWO, codec(name), 2, List.of());
    byte[] half = AvroBytes.file(TWO, codec(name), 2, many(2));
    assertThat(unnoticed).containsExactly(head.length, half.length);
  }

  @Test
  void noticesBytesAfterTheLastBlock() {
    byte[] file = AvroBytes.file(TWO, 1, "a");
    for (int more = 1; more < 40; more++) {
      KadbException e = refusal(Arrays.copyOf(file, file.length + more), WIDE, COLUMNS);
      assertThat(e.sqlState()).isEqualTo("22P04");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard", "xz"})
  void flippedBytesGiveRowsOrTheProjectsError(String name) {
    Random random = new Random(42);
    byte[] file = AvroBytes.file(TWO, codec(name), 2, many(4));
    MessageLimits limits = new MessageLimits(1000, 1 << 16);
    int refused = 0;
    for (int i = 0; i < file.length; i++) {
      for (int mask : new int[] {0xFF, 1 << random.nextInt(8), 1 + random.nextInt(255)}) {
        byte[] flipped = file.clone();
        flipped[i] ^= (byte) mask;
        try {
          Shapes.rows(decoder(Shapes.of(COLUMNS), limits), new TestMessage(flipped));
        } catch (KadbException e) {
          refused++;
          assertThat(e.sqlState()).isIn("22P04", "22P03", "22P02", "22021", "54000", "22003");
        }
      }
    }
    assertThat(refused).isGreaterThan(file.length);
  }

  @Test
  void noticesAWrongSyncMarkerAndAWrongChecksum() {
    byte[] file = AvroBytes.file(TWO, codec("snappy"), 1, many(1));
    byte[] sync = file.clone();
    sync[sync.length - 1] ^= 1;
    assertThat(refusal(sync, WIDE, COLUMNS).getMessage()).contains("sync marker");
    byte[] checksum = file.clone();
    checksum[checksum.length - 17] ^= 1;
    assertThat(refusal(checksum, WIDE, COLUMNS).getMessage()).contains("checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "4f626a", "7b2261223a317d", "0000000001"})
  void refusesWhatIsNoContainerFile(String hex) {
    KadbException e = refusal(AvroBytes.hex(hex), WIDE, COLUMNS);
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("container file", "avro_raw");
  }

  @Test
  void refusesAnUnknownCodecAndASchemaThatIsNone() {
    byte[] header = AvroBytes.hex("4f626a01");
    byte[] unknown =
        join(header, map("avro.schema", TWO.toString(), "avro.codec", "lzma"), new byte[16]);
    assertThat(refusal(unknown, WIDE, COLUMNS).getMessage())
        .contains("\"lzma\"", "zstandard", "deflate");
    byte[] none = join(header, map("avro.schema", "{\"type\":\"recrd\"}"), new byte[16]);
    assertThat(refusal(none, WIDE, COLUMNS).getMessage()).contains("wanted an Avro schema");
    byte[] notText = join(header, map("avro.schema", "\0"), new byte[16]);
    assertThat(refusal(notText, WIDE, COLUMNS).getMessage()).contains("not text");
    byte[] missing = join(header, map("a", "b"), new byte[16]);
    assertThat(refusal(missing, WIDE, COLUMNS).getMessage()).contains("avro.schema");
  }

  @Test
  void aHeaderMayBeWrittenInBlocksThatSayTheirSize() {
    byte[] map = map("avro.schema", TWO.toString());
    byte[] entries = Arrays.copyOfRange(map, 1, map.length - 1);
    byte[] sized = join(AvroBytes.hex("01"), number(entries.length), entries, new byte[1]);
    byte[] block = join(AvroBytes.hex("02 06 02 02 61"), new byte[16]);
    byte[] wrong = join(AvroBytes.hex("02 08 02 02 61 00"), new byte[16]);
    byte[] head = join(AvroBytes.hex("4f626a01"), sized, new byte[16]);
    assertThat(AvroBytes.rows(join(head, block), COLUMNS)).isEqualTo(List.of(List.of(1, "a")));
    assertThat(refusal(join(head, wrong), WIDE, COLUMNS).getMessage()).contains("after the last");
  }

  @Test
  void boundsRowsAndBytesOfAMessage() {
    byte[] file = AvroBytes.file(TWO, codec("deflate"), 2, many(5));
    MessageLimits rows = new MessageLimits(4, 10_000);
    assertThat(refusal(file, rows, COLUMNS).sqlState()).isEqualTo("54000");
    Schema schema = AvroBytes.field("\"string\"");
    for (String name : List.of("deflate", "snappy", "bzip2", "zstandard", "xz")) {
      byte[] large =
          AvroBytes.file(
              schema, codec(name), 1, List.of(AvroBytes.row(schema, "x".repeat(100_000))));
      MessageLimits fits = new MessageLimits(1, 100_003);
      assertThat(Shapes.rows(decoder(Shapes.of("f text"), fits), new TestMessage(large)))
          .as(name)
          .hasSize(1);
      MessageLimits tooSmall = new MessageLimits(1, 100_002);
      KadbException e = refusal(large, tooSmall, "f text");
      assertThat(e.sqlState()).as(name).isEqualTo("54000");
      assertThat(e.getMessage()).contains("k_max_message_bytes");
    }
  }

  @Test
  void boundsTheBytesOfAllBlocksTogether() {
    Schema schema = AvroBytes.field("\"string\"");
    GenericRecord row = AvroBytes.row(schema, "x".repeat(1000));
    byte[] file = AvroBytes.file(schema, codec("deflate"), 1, List.of(row, row, row));
    MessageLimits limits = new MessageLimits(10, 2500);
    assertThat(refusal(file, limits, "f text").sqlState()).isEqualTo("54000");
  }

  @Test
  void aBlockOfCountlessEmptyRecordsIsBounded() {
    byte[] head =
        join(
            AvroBytes.hex("4f626a01"),
            map("avro.schema", AvroBytes.field("\"null\"").toString()),
            new byte[16]);
    byte[] file = join(head, number(1L << 60), number(0), new byte[16]);
    assertThat(refusal(file, WIDE, "f text").sqlState()).isEqualTo("54000");
    byte[] twice =
        join(head, number(1), number(0), new byte[16], number(Long.MAX_VALUE), number(0));
    assertThat(refusal(join(twice, new byte[16]), WIDE, "f text").sqlState()).isEqualTo("54000");
    byte[] few = join(head, number(3), number(0), new byte[16]);
    assertThat(AvroBytes.rows(few, "f text")).hasSize(3);
  }

  @Test
  void recordsWithoutBytesAreBoundedByTheBytesOfTheMessage() {
    byte[] head =
        join(
            AvroBytes.hex("4f626a01"),
            map("avro.schema", AvroBytes.field("\"null\"").toString()),
            new byte[16]);
    long bytes = join(head, number(200_000), number(0), new byte[16]).length;
    long most = 10_000 + 1000 * bytes;
    byte[] all = join(head, number(most), number(0), new byte[16]);
    byte[] tooMany = join(head, number(most + 1), number(0), new byte[16]);

    assertThat((long) all.length).isEqualTo(bytes);
    assertThat(AvroBytes.rows(all, "f text")).hasSize((int) most);
    KadbException e = refusal(tooMany, WIDE, "f text");
    assertThat(e.sqlState()).isEqualTo("54000");
    assertThat(e.getMessage()).contains("no bytes", "1000");
  }

  @Test
  void recordsThatTakeBytesAreAsManyAsTheLimitsSayHoweverWellTheyAreCompressed() {
    Schema schema = AvroBytes.field("\"boolean\"");
    GenericRecord row = AvroBytes.row(schema, false);
    int count = 1_000_000;
    byte[] file =
        AvroBytes.file(schema, codec("zstandard"), count, Collections.nCopies(count, row));

    assertThat(10_000 + 1000L * file.length).isLessThan(count);
    AtomicLong rows = new AtomicLong();
    decoder(Shapes.of("f boolean"), WIDE)
        .decode(new TestMessage(file), decoded -> rows.incrementAndGet());
    assertThat(rows).hasValue(count);
  }

  @Test
  void countsRowsOfWhichNothingIsWanted() {
    byte[] file = AvroBytes.file(TWO, codec("null"), 3, many(10));
    Decoder decoder = decoder(Shapes.wantingNothing(COLUMNS), WIDE);
    assertThat(Shapes.rows(decoder, new TestMessage(file))).hasSize(10);
  }

  @Test
  void extraFieldsAreIgnoredAndMissingOnesAreAnError() {
    byte[] file = AvroBytes.file(TWO, 1, "a");
    assertThat(AvroBytes.rows(file, "id integer")).isEqualTo(List.of(List.of(1)));
    KadbException e = refusal(file, WIDE, "id integer", "name text", "more text");
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("2 fields", "at least 3");
  }

  @Test
  void byNameMissingFieldsAreNullOrTheDefaultAndUnknownOnesAreIgnored() {
    byte[] file = AvroBytes.file(TWO, 1, "a");
    Map<String, String> byName = Map.of("avro_match", "NAME");
    RowShape shape =
        Shapes.withLastDefault(Shapes.of("name text", "absent integer", "more text"), "x");
    assertThat(Shapes.rows(AvroBytes.decoder("avro", shape, byName), new TestMessage(file)))
        .isEqualTo(List.of(Arrays.asList("a", null, "x")));
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () ->
                Shapes.rows(
                    AvroBytes.decoder("avro", Shapes.of("absent integer not null"), byName),
                    new TestMessage(file)));
    assertThat(e.sqlState()).isEqualTo("23502");
    assertThat(e.column()).contains("absent");
  }

  @Test
  void refusesFilesOfOtherThingsThanRecords() {
    byte[] head = join(AvroBytes.hex("4f626a01"), map("avro.schema", "\"int\""), new byte[16]);
    byte[] file = join(head, AvroBytes.hex("02 02 02"), new byte[16]);
    assertThat(refusal(file, WIDE, "a integer").getMessage()).contains("Avro int", "a record");
  }

  @Test
  void refusesSchemasThatNestTooDeep() {
    String deep = "{\"type\":\"array\",\"items\":".repeat(5000) + "\"int\"" + "}".repeat(5000);
    byte[] head = join(AvroBytes.hex("4f626a01"), map("avro.schema", deep), new byte[16]);
    assertThat(refusal(head, WIDE, "a integer").sqlState()).isEqualTo("22P04");
    String allowed =
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"f\",\"type\":"
            + "{\"type\":\"array\",\"items\":".repeat(900)
            + "\"int\""
            + "}".repeat(900)
            + "}]}";
    byte[] long1 =
        join(
            AvroBytes.hex("4f626a01"),
            map("avro.schema", allowed),
            new byte[16],
            number(1),
            number(900));
    byte[] ones = new byte[900];
    Arrays.fill(ones, (byte) 2);
    KadbException e = refusal(join(long1, ones, new byte[16]), WIDE, "f text");
    assertThat(e.getMessage()).contains("levels deep");
  }

  private static byte[] map(String... keysAndValues) {
    byte[] made = number(keysAndValues.length / 2);
    for (String text : keysAndValues) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      made = join(made, number(utf8.length), utf8);
    }
    return join(made, new byte[1]);
  }

  /** Returns a number as Avro writes it: zigzag, seven bits a byte. */
  static byte[] number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    byte[] made = new byte[10];
    int length = 0;
    while ((rest & ~0x7FL) != 0) {
      made[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    made[length++] = (byte) rest;
    return Arrays.copyOf(made, length);
  }

  static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate"})
  void givesTheSameTextsAsSpans(String codec) {
    byte[] file = AvroBytes.file(TWO, codec(codec), 7, many(50));
    assertThat(PrintedRows.agree("avro", Map.of(), new TestMessage(file), COLUMNS)).isEqualTo(50);
  }
}
