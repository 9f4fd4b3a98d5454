package io.kadb.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import io.kadb.format.Decoder;
import io.kadb.format.Shapes;
import io.kadb.format.TestMessage;
import io.kadb.testing.RegistryDoor;
import io.kadb.testing.TestCertificates;
import io.kadb.testing.TestCertificates.Holder;
import io.kadb.testing.TestRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that name their schema by an id in a real registry. */
@Timeout(90)
class AvroRegistryIT {
  private static final Schema TWO =
      AvroBytes.record(
          "{\"name\":\"a\",\"type\":\"long\"}", "{\"name\":\"b\",\"type\":\"string\"}");
  private static final int UNKNOWN = 999_999;

  private final TestRegistry registry = TestRegistry.started();

  private static byte[] message(int id, byte[] bare) {
    return AvroDecoderTest.join(
        new byte[1], ByteBuffer.allocate(Integer.BYTES).putInt(id).array(), bare);
  }

  private static byte[] message(int id) {
    return message(id, AvroBytes.bare(TWO, 27L, "foo"));
  }

  private static Decoder decoder(String url, String... more) {
    Map<String, String> options = new HashMap<>(Map.of("schema_registry_url", url));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    options.putIfAbsent("k_latency_ms", "20000");
    return AvroBytes.decoder("avro_registry", Shapes.of("a bigint", "b text"), options);
  }

  private static void reads(Decoder decoder, int id) {
    assertThat(Shapes.rows(decoder, new TestMessage(message(id))))
        .isEqualTo(List.of(List.of(27L, "foo")));
  }

  private static KadbException refusal(Decoder decoder, byte[] message) {
    KadbException e =
        catchThrowableOfType(
            KadbException.class, () -> Shapes.rows(decoder, new TestMessage(message)));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).startsWith("orders[3]@1842");
    return e;
  }

  private int registered(String subject) {
    return registry.register(subject, TWO.toString());
  }

  @Test
  void readsMessagesByTheSchemaOfTheirId() {
    int first = registered("two");
    Schema swapped =
        AvroBytes.record(
            "{\"name\":\"a\",\"type\":[\"null\",\"int\"]}",
            "{\"name\":\"b\",\"type\":\"string\"}",
            "{\"name\":\"c\",\"type\":\"string\"}");
    int second = registry.register("swapped", swapped.toString());
    Decoder decoder = decoder(registry.address().toString());
    for (int i = 0; i < 2; i++) {
      reads(decoder, first);
      byte[] other = message(second, AvroBytes.bare(swapped, 5, "x", "y"));
      assertThat(Shapes.rows(decoder, new TestMessage(other))).isEqualTo(List.of(List.of(5L, "x")));
    }
    assertThat(Shapes.rows(decoder, new TestMessage(null))).isEmpty();
    assertThat(Shapes.rows(decoder, new TestMessage(new byte[0]))).isEmpty();
  }

  @Test
  void avroSchemaIsTheReadersSchema() {
    int id = registered("two");
    Schema reader =
        AvroBytes.record(
            "{\"name\":\"c\",\"type\":\"int\",\"default\":7}",
            "{\"name\":\"b\",\"type\":\"string\"}");
    Decoder decoder = decoder(registry.address().toString(), "avro_schema", reader.toString());
    assertThat(Shapes.rows(decoder, new TestMessage(message(id))))
        .isEqualTo(List.of(List.of(7L, "foo")));
  }

  @Test
  void schemasMayReferToOthers() {
    String inner =
        "{\"type\":\"record\",\"name\":\"Inner\",\"namespace\":\"n\",\"fields\":["
            + "{\"name\":\"v\",\"type\":\"int\"}]}";
    String outer =
        "{\"type\":\"record\",\"name\":\"Outer\",\"namespace\":\"n\",\"fields\":["
            + "{\"name\":\"a\",\"type\":\"long\"},{\"name\":\"b\",\"type\":\"n.Inner\"}]}";
    registry.register("inner", inner);
    int id =
        registry.register(
            "outer", outer, "{\"name\":\"n.Inner\",\"subject\":\"inner\",\"version\":1}");
    Decoder decoder = decoder(registry.address().toString());
    assertThat(Shapes.rows(decoder, new TestMessage(message(id, AvroBytes.hex("36 04")))))
        .isEqualTo(List.of(List.of(27L, "{\"v\":2}")));
  }

  @Test
  void anUnknownIdIsAnErrorThatNamesIdAndAddress() {
    KadbException e = refusal(decoder(registry.address().toString()), message(UNKNOWN));
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("999999", registry.address().toString());
  }

  @Test
  void asksForAnIdOnceAndForAnUnknownOneOnceInAStatement() {
    int id = registered("asked-once");
    try (RegistryDoor door = RegistryDoor.open()) {
      for (int i = 0; i < 3; i++) {
        reads(decoder(door.address()), id);
      }
      assertThat(door.asked()).hasSize(1);
      Decoder statement = decoder(door.address());
      refusal(statement, message(UNKNOWN));
      refusal(statement, message(UNKNOWN));
      assertThat(door.asked()).hasSize(2);
      refusal(decoder(door.address()), message(UNKNOWN));
      assertThat(door.asked()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 00000001 36", "00", "00 000001", "4f626a01"})
  void refusesWhatDoesNotBeginWithAnId(String hex) {
    KadbException e = refusal(decoder("http://127.0.0.1:1"), AvroBytes.hex(hex));
    assertThat(e.sqlState()).isEqualTo("22P04");
    assertThat(e.getMessage()).contains("id");
  }

  @Test
  void theWholeMessageMustBeUsed() {
    int id = registered("two");
    Decoder decoder = decoder(registry.address().toString());
    byte[] message = message(id);
    for (int length = 5; length < message.length + 3; length++) {
      if (length != message.length) {
        byte[] other = Arrays.copyOf(message, length);
        assertThat(refusal(decoder, other).sqlState()).isEqualTo("22P04");
      }
    }
  }

  @Test
  void logsInAndSaysWhereALoginIsRefused() {
    int id = registered("login");
    try (RegistryDoor door = RegistryDoor.withLogin("ann", "open sesame")) {
      reads(
          decoder(
              door.address(),
              "schema_registry_user",
              "ann",
              "schema_registry_password",
              "open sesame"),
          id);
      KadbException wrong =
          refusal(
              decoder(
                  door.address(),
                  "schema_registry_user",
                  "bob",
                  "schema_registry_password",
                  "my secret"),
              message(id));
      assertThat(wrong.sqlState()).isEqualTo("28000");
      assertThat(wrong.getMessage()).contains(door.address()).doesNotContain("my secret");
      assertThat(refusal(decoder(door.address()), message(id)).sqlState()).isEqualTo("28000");
    }
  }

  @Test
  void schemasThatALoginFetchedAreForThatLoginAlone() {
    int id = registered("password");
    try (RegistryDoor door = RegistryDoor.withLogin("ann", "open sesame")) {
      String[] login = {"schema_registry_user", "ann", "schema_registry_password", "open sesame"};
      reads(decoder(door.address(), login), id);
      reads(decoder(door.address(), login), id);
      assertThat(door.asked()).hasSize(1);

      login[3] = "open";
      KadbException wrong = refusal(decoder(door.address(), login), message(id));
      assertThat(wrong.sqlState()).isEqualTo("28000");
      KadbException none = refusal(decoder(door.address(), login[0], login[1]), message(id));
      assertThat(none.sqlState()).isEqualTo("28000");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401,28000",
    "403,42501",
    "302,HV024",
    "400,HV024",
    "404,HV024",
    "500,08001",
    "503,08001"
  })
  void anAnswerThatIsNoneHasItsState(int status, String state) {
    try (RegistryDoor door = RegistryDoor.open()) {
      door.answerWith(status);
      KadbException e = refusal(decoder(door.address()), message(1));
      assertThat(e.sqlState()).isEqualTo(state);
      assertThat(e.getMessage()).contains(door.address());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40401, 40402, 40403})
  void onlyARegistryCanSayThatThereIsNoSuchSchema(int code) {
    try (RegistryDoor door = RegistryDoor.open()) {
      door.answerWith(404, "{\"error_code\":" + code + ",\"message\":\"not found\"}");
      KadbException e = refusal(decoder(door.address()), message(1));
      assertThat(e.sqlState()).isEqualTo("22P04");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>not here</html>",
        "{}",
        "[40403]",
        "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"
      })
  void aWrongPathIsAWrongOptionAndNoReasonToRejectMessages(String body) {
    int id = registered("wrong-path");
    try (RegistryDoor wrong = RegistryDoor.open();
        RegistryDoor right = RegistryDoor.open()) {
      wrong.answerWith(404, body);
      KadbException e = refusal(decoder(wrong.address()), message(id));
      assertThat(e.sqlState()).isEqualTo("HV024");
      assertThat(e.getMessage())
          .contains("schema_registry_url", wrong.address() + "/schemas/ids/" + id, "404");

      reads(decoder(wrong.address() + "," + right.address()), id);
    }
  }

  @Test
  void aPathThatARegistryDoesNotKnowIsAWrongOption() {
    String wrong = registry.address().resolve("/nothing/here").toString();

    assertThat(refusal(decoder(wrong), message(1)).sqlState()).isEqualTo("HV024");
  }

  @Test
  void triesTheAddressesInTheirOrder() {
    int id = registered("order");
    try (RegistryDoor broken = RegistryDoor.open();
        RegistryDoor working = RegistryDoor.open()) {
      broken.answerWith(500);
      reads(decoder("http://127.0.0.1:1, " + broken.address() + "," + working.address()), id);
      assertThat(broken.asked()).hasSize(1);
      assertThat(working.asked()).hasSize(1);
    }
  }

  @Test
  void aRegistryThatIsNotThereIsUnreachable() {
    KadbException e = refusal(decoder("http://127.0.0.1:1"), message(1));
    assertThat(e.sqlState()).isEqualTo("08001");
    assertThat(e.getMessage()).contains("http://127.0.0.1:1");
  }

  @Test
  void aRegistryThatDoesNotAnswerTakesNoLongerThanAllowed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Decoder decoder = decoder("http://127.0.0.1:" + silent.getLocalPort(), "k_latency_ms", "300");
      long started = System.nanoTime();
      KadbException e = refusal(decoder, message(1));
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
      assertThat(e.sqlState()).isEqualTo("08001");
      assertThat(e.getMessage()).contains("300 ms");
    }
  }

  @Test
  void noTimeToWaitIsTheShortestWaitAndNoWrongOption() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Decoder decoder = decoder("http://127.0.0.1:" + silent.getLocalPort(), "k_latency_ms", "0");

      assertThat(refusal(decoder, message(1)).sqlState()).isEqualTo("08001");
    }
  }

  @Test
  void anInterruptEndsTheWaitAndNoReasonToRejectIsGiven() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Decoder decoder = decoder("http://127.0.0.1:" + silent.getLocalPort());
      Thread.currentThread().interrupt();

      assertThat(refusal(decoder, message(1)).sqlState()).isEqualTo("57014");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void showsACertificateAndTrustsTheAuthorityGiven(@TempDir Path folder) throws IOException {
    int id = registered("tls");
    TestCertificates made = TestCertificates.made();
    try (RegistryDoor door = RegistryDoor.withCertificates()) {
      for (boolean encrypted : new boolean[] {true, false}) {
        Path key = encrypted ? made.encryptedKey(Holder.CLIENT) : made.key(Holder.CLIENT);
        reads(
            decoder(
                door.address(),
                "schema_registry_user",
                "u" + encrypted,
                "schema_registry_ssl_ca_location",
                made.authority().toString(),
                "schema_registry_ssl_certificate_location",
                made.certificate(Holder.CLIENT).toString(),
                "schema_registry_ssl_key_location",
                key.toString(),
                "schema_registry_ssl_key_password",
                TestCertificates.PASSWORD),
            id);
      }
      assertThat(door.asked()).hasSize(2);
      KadbException sameUser =
          refusal(decoder(door.address(), "schema_registry_user", "utrue"), message(id));
      assertThat(sameUser.sqlState()).isEqualTo("08001");
      KadbException untrusted = refusal(decoder(door.address()), message(id));
      assertThat(untrusted.sqlState()).isEqualTo("08001");
      assertThat(untrusted.getMessage()).contains("schema_registry_ssl_ca_location");
      KadbException stranger =
          refusal(
              decoder(
                  door.address(), "schema_registry_ssl_ca_location", made.authority().toString()),
              message(id));
      assertThat(stranger.sqlState()).isEqualTo("08001");
      Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
      KadbException none =
          refusal(
              decoder(door.address(), "schema_registry_ssl_ca_location", empty.toString()),
              message(id));
      assertThat(none.sqlState()).isEqualTo("HV024");
      assertThat(none.getMessage()).contains("schema_registry_ssl_ca_location", "PEM");
      KadbException wrongPassword =
          refusal(
              decoder(
                  door.address(),
                  "schema_registry_ssl_certificate_location",
                  made.certificate(Holder.CLIENT).toString(),
                  "schema_registry_ssl_key_location",
                  made.encryptedKey(Holder.CLIENT).toString(),
                  "schema_registry_ssl_key_password",
                  "not it"),
              message(id));
      assertThat(wrongPassword.sqlState()).isEqualTo("HV024");
      assertThat(wrongPassword.getMessage()).doesNotContain("not it");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://h",
        "http:///x",
        "http://ann:secret@h",
        "http://h?q=1",
        "::",
        "http://h,"
      })
  void refusesWhatIsNoAddress(String url) {
    KadbException e = catchThrowableOfType(KadbException.class, () -> decoder(url));
    assertThat(e).isNotNull();
    assertThat(e.sqlState()).isEqualTo("HV024");
    assertThat(e.getMessage()).contains("schema_registry_url").doesNotContain("secret");
  }

  @Test
  void needsAnAddress() {
    KadbException e =
        catchThrowableOfType(
            KadbException.class,
            () -> AvroBytes.decoder("avro_registry", Shapes.of("a int"), Map.of()));
    assertThat(e.sqlState()).isEqualTo("HV002");
    assertThat(e.getMessage()).contains("schema_registry_url");
  }
}
