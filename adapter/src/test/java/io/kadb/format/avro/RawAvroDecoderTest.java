package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.DecoderContract;
import io.kadb.format.FormatOptions;
import io.kadb.format.MessageLimits;
import io.kadb.format.RowShape;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RawAvroDecoderTest extends DecoderContract {
  private static final Schema THREE =
      AvroBytes.record(
          "{\"name\":\"x\",\"type\":\"string\"}",
          "{\"name\":\"y\",\"type\":[\"null\",\"string\"]}",
          "{\"name\":\"z\",\"type\":\"double\"}");

  /** The record of the specification's section on binary encoding. */
  private static final Schema SPECIFIED =
      AvroBytes.schema(
          "{\"type\":\"record\",\"name\":\"test\",\"fields\":["
              + "{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"string\"}]}");

  @Override
  protected Decoder decoder(RowShape shape, MessageLimits limits) {
    return new RawAvroDecoder(shape, options(THREE), limits);
  }

  private static AvroOptions options(Schema schema) {
    return AvroOptions.ofBareValues(FormatOptions.of(Map.of("avro_schema", schema.toString())));
  }

  @Override
  protected List<String> columns() {
    return List.of("n integer", "t text", "d double precision");
  }

  @Override
  protected byte[] message(String n) {
    return AvroBytes.bare(THREE, n, "x", 1.5);
  }

  @Override
  protected int rowsOfNoValue() {
    return 0;
  }

  private static Decoder specified() {
    return new RawAvroDecoder(
        Shapes.of("a bigint", "b text"), options(SPECIFIED), MessageLimits.DEFAULT);
  }

  @Test
  void readsTheRecordOfTheSpecification() {
    assertThat(Shapes.rows(specified(), new TestMessage(AvroBytes.hex("36 06 66 6f 6f"))))
        .isEqualTo(List.of(List.of(27L, "foo")));
  }

  @Test
  void theWholeValueMustBeUsed() {
    byte[] value = AvroBytes.hex("36 06 66 6f 6f");
    for (int length = 1; length < 10; length++) {
      if (length == value.length) {
        continue;
      }
      byte[] other = Arrays.copyOf(value, length);
      KadbException e =
          catchThrowableOfType(
              KadbException.class, () -> Shapes.rows(specified(), new TestMessage(other)));
      assertThat(e).as("length " + length).isNotNull();
      assertThat(e.sqlState()).isEqualTo("22P04");
    }
  }

  @Test
  void lengthsAreBelievedOnlyOfBytesThatAreThere() {
    for (String hex :
        List.of(
            "36 8080808080808001", // a string of 2^48 bytes
            "36 01", // of -1
            "36 ffffffffffffffffffff01", // a number of more than ten bytes
            "feffffffffffffffff03 00" // of more than 64 bits
            )) {
      KadbException e =
          catchThrowableOfType(
              KadbException.class,
              () -> Shapes.rows(specified(), new TestMessage(AvroBytes.hex(hex))));
      assertThat(e).as(hex).isNotNull();
      assertThat(e.sqlState()).isEqualTo("22P04");
    }
  }

  @Test
  void needsASchema() {
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> AvroBytes.decoder("avro_raw", Shapes.of("a int"), Map.of()));
    assertThat(e.sqlState()).isEqualTo("HV002");
    assertThat(e.getMessage()).contains("avro_schema");
  }

  @Test
  void passesOverBlocksThatSayTheirSize() {
    Schema schema =
        AvroBytes.record(
            "{\"name\":\"l\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}",
            "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":\"double\"}}",
            "{\"name\":\"f\",\"type\":\"int\"}");
    Decoder decoder =
        new RawAvroDecoder(
            Shapes.wanting(2, "l json", "m json", "f int"), options(schema), MessageLimits.DEFAULT);
    byte[] value = AvroBytes.hex("03 08 02 61 02 62 02 02 63 00 02 02 6b 000000000000f03f 00 36");
    assertThat(Shapes.rows(decoder, new TestMessage(value))).isEqualTo(List.of(List.of(27)));
  }
}
