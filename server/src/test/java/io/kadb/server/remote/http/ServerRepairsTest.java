package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kadb.server.remote.config.ServerOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More that Avatica's own server gets wrong and ours does not: values, frames, and idle timers. */
class ServerRepairsTest extends ServerFixture {
  private static final int FRAME = 100;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final String MANY = StockClientTest.manyRows();

  private AvaticaOwnServer own;

  @Override
  Map<ServerOption, String> options() {
    String seconds = Long.toString(IDLE.toSeconds());
    return Map.of(ServerOption.IDLE_RESULT, seconds, ServerOption.IDLE_CONNECTION, seconds);
  }

  @BeforeEach
  void startAvaticasOwn() throws Exception {
    String seconds = Long.toString(IDLE.toSeconds());
    own =
        new AvaticaOwnServer(
            folder.resolve("home").toString(),
            Map.of(
                "avatica.connectioncache.expiryduration",
                seconds,
                "avatica.connectioncache.expiryunit",
                "SECONDS",
                "avatica.statementcache.expiryduration",
                seconds,
                "avatica.statementcache.expiryunit",
                "SECONDS"));
  }

  @AfterEach
  void stopAvaticasOwn() {
    own.close();
  }

  /** What must hold of a server. */
  @FunctionalInterface
  private interface Claim {
    void on(String url) throws Exception;
  }

  private void repaired(Claim claim) throws Exception {
    claim.on(server.url());
    assertThat(catchThrowable(() -> claim.on(own.url())))
        .as("the claim must fail for Avatica's own server")
        .isNotNull();
  }

  /** Avatica's own server sends them as well by now, as kadb's driver beneath it gives texts. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void arraysAndUuidsArrive(String form) throws Exception {
    String uuid = "00000000-0000-4000-8000-0123456789ab";
    try (Connection connection = stock(form);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT ARRAY[1, 2], CAST('" + uuid + "' AS UUID)")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("[1, 2]");
      assertThat(row.getString(2)).isEqualTo(uuid);
    }
  }

  @Test
  void scalarsAreWrittenOnceInProtobuf() throws Exception {
    repaired(
        url -> {
          Meta.Frame frame = firstFrame(url);
          Common.Frame twice = frame.toProto();
          assertThat(frame.rows).hasSize(FRAME);
          assertThat(bytesOfFirstAnswer).isLessThan(twice.getSerializedSize());
        });
  }

  private int bytesOfFirstAnswer;

  /** Returns the first frame as Avatica's driver reads it, and notes the bytes of its answer. */
  private Meta.Frame firstFrame(String url) throws Exception {
    ProtobufTranslationImpl protobuf = new ProtobufTranslationImpl();
    ThinMessages ids = new ThinMessages(url);
    post(
        url,
        protobuf.serializeRequest(new Service.OpenConnectionRequest(ids.connectionId(), Map.of())));
    Service.CreateStatementResponse made =
        (Service.CreateStatementResponse)
            protobuf.parseResponse(
                post(
                    url,
                    protobuf.serializeRequest(
                        new Service.CreateStatementRequest(ids.connectionId()))));
    byte[] answer =
        post(
            url,
            protobuf.serializeRequest(
                new Service.PrepareAndExecuteRequest(
                    ids.connectionId(), made.statementId, MANY, -1, FRAME)));
    bytesOfFirstAnswer = answer.length;
    Service.ExecuteResponse read = (Service.ExecuteResponse) protobuf.parseResponse(answer);
    return read.results.get(0).firstFrame;
  }

  private static byte[] post(String url, byte[] message) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofByteArray(message)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
  }

  @Test
  void theTimersSpareAReaderThatIsSlow() throws Exception {
    repaired(
        url -> {
          ThinMessages reader = new ThinMessages(url).openPlain();
          int statement = reader.createStatement();
          long rows = reader.run(statement, MANY, FRAME).rows();
          while (rows < 1_000) {
            keepOthersBusy(url, IDLE.dividedBy(4));
            int more = reader.fetch(statement, rows, FRAME).rows();
            assertThat(more).as("rows after %d", rows).isPositive();
            rows += more;
          }
          assertThat(reader.post(reader.request("createStatement")).status()).isEqualTo(200);
        });
  }

  /** Others come and go while a reader thinks: that is when Avatica's caches drop things. */
  private static void keepOthersBusy(String url, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      ThinMessages other = new ThinMessages(url).openPlain();
      other.post(other.request("closeConnection"));
    }
  }

  @Test
  void theTimersEndWhatNobodyAsksForWithoutAnyRequest() throws Exception {
    repaired(
        url -> {
          // Avatica's own server keeps for ever what other tests of this JVM opened there.
          int others = openResults();
          ThinMessages client = new ThinMessages(url).openPlain();
          client.run(client.createStatement(), MANY, FRAME);
          assertThat(openResults()).isEqualTo(others + 1);
          long deadline = System.nanoTime() + IDLE.multipliedBy(3).toNanos();
          while (openResults() > others) {
            assertThat(System.nanoTime()).as("the result is still open").isLessThan(deadline);
          }
        });
  }

  private int openResults() throws Exception {
    List<String> found =
        sql.rows("SELECT sql_text FROM kadb.queries WHERE sql_text LIKE '%ORDER BY 1'");
    return found.size();
  }
}
