package io.kadb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with frames are, byte for byte, those that Avatica makes of the same values. */
class FramesTest {
  private static final int FEW = 20;
  private static final int MANY = 2_000;

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:kadb:?kadb.home=" + folder);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Rows as they are sent, and their values. */
  private record Rows(RowBuffer buffer, List<@Nullable Object[]> values) {}

  private Rows read(int count, Encoding encoding) throws SQLException {
    String values =
        IntStream.range(0, count)
            .mapToObj(i -> "(%d, 'row \"%d\" of zwölf €', %b)".formatted(i * 1_003, i, i % 2 == 0))
            .collect(Collectors.joining(", ", "(0, '', FALSE), (NULL, NULL, NULL), ", ""));
    String sql =
        "SELECT CAST(a AS BIGINT), a, b, c FROM (VALUES "
            + (count == 0
                ? "(1, 'a', TRUE)) AS t (a, b, c) WHERE a = 2"
                : values + ") t (a, b, c)");
    try (ResultSet row = connection.createStatement().executeQuery(sql)) {
      RowBuffer buffer =
          WireColumns.of(row.getMetaData(), Dialect.STOCK, encoding).newBuffer(count);
      List<@Nullable Object[]> all = new ArrayList<>();
      while (row.next()) {
        buffer.add(row);
        all.add(
            new Object[] {
              WireType.BIGINT.value(row, 1),
              WireType.INTEGER.value(row, 2),
              WireType.TEXT.value(row, 3),
              WireType.BOOLEAN.value(row, 4)
            });
      }
      return new Rows(buffer, all);
    }
  }

  private static Service.Response fetched(Meta.Frame frame) {
    return new Service.FetchResponse(frame, false, true, null);
  }

  private static Service.Response executed(Meta.Frame frame) {
    Service.ResultSetResponse result =
        new Service.ResultSetResponse("c", 1, false, null, frame, -1, null);
    return new Service.ExecuteResponse(List.of(result), false, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, FEW, MANY})
  void framesOfJsonAreThoseOfAvatica(int count) throws Exception {
    Rows rows = read(count, Encoding.JSON);
    Meta.Frame ours = rows.buffer.frame(7, count == 0);
    Meta.Frame avaticas = new Meta.Frame(7, count == 0, new ArrayList<Object>(rows.values));
    assertThat(Encoding.JSON.write(fetched(ours)).toByteArray())
        .isEqualTo(JsonService.MAPPER.writeValueAsBytes(fetched(avaticas)));
    assertThat(Encoding.JSON.write(executed(ours)).toByteArray())
        .isEqualTo(JsonService.MAPPER.writeValueAsBytes(executed(avaticas)));
    // A writer that keeps no parts gets the same.
    assertThat(JsonService.MAPPER.writeValueAsString(fetched(ours)))
        .isEqualTo(JsonService.MAPPER.writeValueAsString(fetched(avaticas)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, FEW, MANY})
  void framesOfProtobufAreThoseOfAvatica(int count) throws Exception {
    Rows rows = read(count, Encoding.PROTOBUF);
    Meta.Frame ours = rows.buffer.frame(7, count == 0);
    Meta.Frame avaticas = new OwnMessages(7, count == 0, rows.values);
    ProtobufTranslationImpl translation = new ProtobufTranslationImpl();
    assertThat(Encoding.PROTOBUF.write(fetched(ours)).toByteArray())
        .isEqualTo(translation.serializeResponse(fetched(avaticas)));
    assertThat(Encoding.PROTOBUF.write(executed(ours)).toByteArray())
        .isEqualTo(translation.serializeResponse(executed(avaticas)));
    int bytes =
        avaticas.toProto().getRowsList().stream().mapToInt(Common.Row::getSerializedSize).sum();
    assertThat(rows.buffer.bytes()).isEqualTo(bytes);
  }

  /** A frame whose rows are made of Avatica's messages. */
  private static final class OwnMessages extends Meta.Frame {
    private final List<@Nullable Object[]> values;

    OwnMessages(long offset, boolean done, List<@Nullable Object[]> values) {
      super(offset, done, List.of());
      this.values = values;
    }

    @Override
    public Common.Frame toProto() {
      Common.Frame.Builder frame = Common.Frame.newBuilder().setOffset(offset).setDone(done);
      values.forEach(row -> frame.addRows(ProtobufCellTest.message(row)));
      return frame.build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "PROTOBUF"})
  void manyRowsAreSentFromWhereTheyWereWritten(Encoding encoding) throws Exception {
    Meta.Frame many = read(MANY, encoding).buffer.frame(0, false);
    AnswerBody first = encoding.write(fetched(many));
    AnswerBody again = encoding.write(fetched(many));
    assertThat(first.parts()).hasSize(3);
    assertThat(first.parts().get(1).array()).isSameAs(again.parts().get(1).array());
    assertThat(encoding.write(fetched(read(FEW, encoding).buffer.frame(0, false))).parts())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "PROTOBUF"})
  void anAnswerThatHasBegunGoesOnBehindItsOpening(Padding padding) throws Exception {
    Encoding encoding = Encoding.valueOf(padding.name());
    AnswerBody body = encoding.write(fetched(read(MANY, encoding).buffer.frame(0, false)));
    byte[] whole = body.toByteArray();
    int opening = padding == Padding.JSON ? 1 : 0;
    ByteBuffer rest = ByteBuffer.allocate(whole.length);
    padding.rest(body).forEach(rest::put);
    assertThat(Arrays.copyOf(rest.array(), rest.position()))
        .isEqualTo(Arrays.copyOfRange(whole, opening, whole.length));
    assertThat(body.length()).isEqualTo(whole.length);
    assertThat(body.toByteArray()).isEqualTo(whole);
  }
}
