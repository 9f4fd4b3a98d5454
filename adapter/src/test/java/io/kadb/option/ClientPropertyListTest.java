package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.option.ClientProperty.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientPropertyListTest {
  @Test
  void listsTheJavaClientsPropertiesWithTheirTypes() throws IOException {
    Map<String, String> clients = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    collect("c", ConsumerConfig.configDef(), clients, types);
    collect("a", AdminClientConfig.configDef(), clients, types);
    collect("p", ProducerConfig.configDef(), clients, types);
    List<String> wanted =
        types.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue() + " " + clients.get(e.getKey()))
            .toList();
    assertThat(lines("java-client-properties.txt")).containsExactlyElementsOf(wanted);
  }

  @Test
  void givesClientsOnlyPropertiesThatOneOfThemKnows() {
    assertThat(ClientPropertyList.names())
        .map(name -> ClientPropertyList.find(name).orElseThrow())
        .filteredOn(property -> property.rule() == Rule.PASSED)
        .allSatisfy(
            property ->
                assertThat(
                        ConsumerConfig.configNames().contains(property.name())
                            || AdminClientConfig.configNames().contains(property.name())
                            || ProducerConfig.configNames().contains(property.name()))
                    .as(property.name())
                    .isTrue());
  }

  @Test
  void saysWhyAPropertyIsRefusedOrWithoutEffect() {
    assertThat(ClientPropertyList.names())
        .map(name -> ClientPropertyList.find(name).orElseThrow())
        .filteredOn(p -> p.rule() == Rule.UNUSED || p.rule() == Rule.FORBIDDEN)
        .allSatisfy(p -> assertThat(p.reason().orElse("")).as(p.name()).isNotBlank());
  }

  @Test
  void marksTheJavaClientsPasswordsAsSecrets() {
    ConsumerConfig.configDef().configKeys().values().stream()
        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
        .forEach(key -> assertThat(Redaction.isSecret("#" + key.name)).as(key.name).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "socket.timeout.ms, request.timeout.ms, PASSED",
    "fetch.message.max.bytes, max.partition.fetch.bytes, PASSED",
    "fetch.max.bytes, fetch.max.bytes, PASSED",
    "max.poll.records, max.poll.records, PASSED",
    "sasl.username, sasl.username, SECURITY",
    "group.id, group.id, GROUP",
    "queued.min.messages, queued.min.messages, UNUSED",
    "partition.assignment.strategy, partition.assignment.strategy, UNUSED",
    "linger.ms, linger.ms, PASSED",
    "message.max.bytes, max.request.size, PASSED",
    "transaction.timeout.ms, transaction.timeout.ms, PASSED",
    "acks, acks, UNUSED",
    "auto.offset.reset, auto.offset.reset, FORBIDDEN",
  })
  void knowsWhatBecomesOfAName(String given, String name, Rule rule) {
    assertThat(ClientPropertyList.find(given))
        .hasValueSatisfying(
            property -> {
              assertThat(property.name()).isEqualTo(name);
              assertThat(property.rule()).isEqualTo(rule);
            });
  }

  private static void collect(
      String client, ConfigDef definition, Map<String, String> clients, Map<String, String> types) {
    definition
        .configKeys()
        .forEach(
            (name, key) -> {
              clients.merge(name, client, String::concat);
              types.put(name, key.type.name().toLowerCase(Locale.ROOT));
            });
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = ClientPropertyList.class.getResourceAsStream(resource)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
