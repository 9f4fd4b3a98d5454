package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "h1 > h1:9092",
        "h1:1234,h2 > h1:1234,h2:9092",
        "h1 , h2:1 > h1:9092,h2:1",
        "[::1],[::1]:1 > [::1]:9092,[::1]:1",
        "SASL_SSL://h1,PLAINTEXT://h2:1 > h1:9092,h2:1",
      })
  void givesEveryBrokerAPort(String brokers, String wanted) {
    assertThat(values(Map.of("k_brokers", brokers))).isEqualTo(Map.of("bootstrap.servers", wanted));
    assertThat(values(Map.of("#bootstrap.servers", brokers)))
        .isEqualTo(Map.of("bootstrap.servers", wanted));
  }

  @ParameterizedTest
  @CsvSource({
    "socket.timeout.ms, 5000, request.timeout.ms, 5000",
    "fetch.wait.max.ms, 10, fetch.max.wait.ms, 10",
    "fetch.message.max.bytes, 99, max.partition.fetch.bytes, 99",
    "max.partition.fetch.bytes, 99, max.partition.fetch.bytes, 99",
    "topic.metadata.refresh.interval.ms, -1, metadata.max.age.ms, 2147483647",
    "socket.receive.buffer.bytes, 0, receive.buffer.bytes, -1",
    "socket.send.buffer.bytes, 65536, send.buffer.bytes, 65536",
    "connections.max.idle.ms, 0, connections.max.idle.ms, -1",
    "security.protocol, ssl, security.protocol, SSL",
    "isolation.level, READ_UNCOMMITTED, isolation.level, read_uncommitted",
    "check.crcs, Off, check.crcs, false",
    "ssl.endpoint.identification.algorithm, none, ssl.endpoint.identification.algorithm, ''",
    "max.poll.records, 10, max.poll.records, 10",
    "client.id, me, client.id, me",
  })
  void translatesNamesAndValues(String name, String value, String javaName, String javaValue) {
    assertThat(values(Map.of("k_brokers", "h", "#" + name, value)))
        .isEqualTo(Map.of("bootstrap.servers", "h:9092", javaName, javaValue));
  }

  @Test
  void leavesOutTheGroupAndWhatHasNoEffect() {
    Map<String, String> server =
        Map.of(
            "k_brokers", "h",
            "k_consumer_group", "g",
            "#queued.min.messages", "1",
            "#session.timeout.ms", "1",
            "#acks", "all");
    assertThat(values(server)).isEqualTo(Map.of("bootstrap.servers", "h:9092"));
    assertThat(merge(server).groupId()).contains("g");
  }

  @Test
  void takesTheProtocolUnderItsOldName() {
    assertThat(values(Map.of("k_brokers", "h", "k_security_protocol", "ssl")))
        .containsEntry("security.protocol", "SSL");
    assertThat(
            values(
                Map.of(
                    "k_brokers", "h",
                    "k_security_protocol", "ssl",
                    "#security.protocol", "plaintext")))
        .containsEntry("security.protocol", "PLAINTEXT");
  }

  @Test
  void resolvesReferencesAndChecksThem() {
    References references = new References(Map.of("HOSTS", "h1,h2", "BYTES", "many")::get);
    assertThat(
            OptionSet.merge(Map.of(), Map.of("k_brokers", "${env:HOSTS}"), Map.of(), references)
                .clientProperties()
                .values())
        .containsEntry("bootstrap.servers", "h1:9092,h2:9092");
    OptionSet wrong =
        OptionSet.merge(
            Map.of(),
            Map.of("k_brokers", "h", "#fetch.max.bytes", "${env:BYTES}"),
            Map.of(),
            references);
    assertThatThrownBy(wrong::clientProperties)
        .hasMessageContaining("#fetch.max.bytes: the value it refers to is not an integer");
  }

  @Test
  void needsBrokers() {
    assertThatThrownBy(() -> merge(Map.of("k_topic", "t")).clientProperties())
        .isInstanceOfSatisfying(
            KadbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_OPTION))
        .hasMessageContaining("k_brokers");
  }

  @Test
  void isEqualForEqualProperties() {
    Map<String, String> server = Map.of("k_brokers", "h:9092", "#client.id", "x");
    Map<String, String> other = Map.of("#bootstrap.servers", "h", "#client.id", "x");
    assertThat(merge(server).clientProperties())
        .isEqualTo(merge(other).clientProperties())
        .hasSameHashCodeAs(merge(other).clientProperties())
        .isNotEqualTo(merge(Map.of("k_brokers", "h")).clientProperties());
  }

  @Test
  void showsNoSecret() {
    ClientProperties properties =
        merge(
                Map.of(
                    "k_brokers", "h",
                    "#security.protocol", "sasl_plaintext",
                    "#sasl.mechanisms", "PLAIN",
                    "#sasl.username", "alice",
                    "#sasl.password", "geheim"))
            .clientProperties();
    assertThat(properties.values().get("sasl.jaas.config")).contains("geheim");
    assertThat(properties.toString()).contains("bootstrap.servers=h:9092").doesNotContain("geheim");
  }

  @Test
  void givesPropertiesThatTheClientTakes() {
    Map<String, String> values =
        values(
            Map.of(
                "k_brokers", "h,[::1]",
                "#security.protocol", "sasl_ssl",
                "#sasl.mechanisms", "SCRAM-SHA-512",
                "#sasl.username", "alice",
                "#sasl.password", "geheim",
                "#ssl.endpoint.identification.algorithm", "none",
                "#socket.receive.buffer.bytes", "0",
                "#check.crcs", "on"));
    assertThat(ConsumerConfig.configDef().validate(values))
        .allSatisfy(
            config -> {
              if (values.containsKey(config.name())) {
                assertThat(config.errorMessages()).as(config.name()).isEmpty();
              }
            });
  }

  private static Map<String, String> values(Map<String, String> server) {
    return merge(server).clientProperties().values();
  }

  private static OptionSet merge(Map<String, String> server) {
    return OptionSet.merge(Map.of(), server, Map.of());
  }
}
