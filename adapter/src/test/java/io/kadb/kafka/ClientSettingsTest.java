package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.option.ClientProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
  private static final String BROKERS = "bootstrap.servers";

  @Test
  void alwaysSetsWhatScansDependOn() {
    Map<String, Object> settings =
        ClientSettings.consumer(
            new ClientProperties(
                Map.of(
                    BROKERS,
                    "b:1",
                    "enable.auto.commit",
                    "true",
                    "auto.offset.reset",
                    "latest",
                    "allow.auto.create.topics",
                    "true")));

    assertThat(settings)
        .containsEntry(BROKERS, "b:1")
        .containsEntry("enable.auto.commit", "false")
        .containsEntry("auto.offset.reset", "none")
        .containsEntry("allow.auto.create.topics", "false")
        .containsEntry("isolation.level", "read_committed");
  }

  @Test
  void keepsTheUsersChoiceWhereScansDoNotDependOnIt() {
    Map<String, Object> settings =
        ClientSettings.consumer(
            new ClientProperties(
                Map.of(
                    BROKERS,
                    "b:1",
                    "isolation.level",
                    "read_uncommitted",
                    "fetch.max.wait.ms",
                    "7",
                    "client.id",
                    "mine",
                    "check.crcs",
                    "false")));

    assertThat(settings)
        .containsEntry("isolation.level", "read_uncommitted")
        .containsEntry("fetch.max.wait.ms", "7")
        .containsEntry("client.id", "mine")
        .containsEntry("check.crcs", "false");
  }

  @Test
  void givesEachTransactionalProducerAnIdOfItsOwn() {
    ClientProperties plain = new ClientProperties(Map.of(BROKERS, "b:1"));
    ClientProperties named =
        new ClientProperties(Map.of(BROKERS, "b:1", "transactional.id", "loads"));

    Object first = ClientSettings.transactionalProducer(plain).get("transactional.id");
    Object second = ClientSettings.transactionalProducer(plain).get("transactional.id");

    assertThat(first).asString().startsWith("kadb-").isNotEqualTo(second);
    assertThat(ClientSettings.transactionalProducer(named).get("transactional.id"))
        .asString()
        .startsWith("loads-");
    assertThat(ClientSettings.producer(named, Duration.ofSeconds(1)))
        .as("without transactions")
        .doesNotContainKey("transactional.id");
  }

  @Test
  void writesWithAllReplicasAndWithinBoundedTimes() {
    Map<String, Object> settings =
        ClientSettings.transactionalProducer(new ClientProperties(Map.of(BROKERS, "b:1")));

    assertThat(settings)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("max.block.ms", "10000")
        .containsEntry("delivery.timeout.ms", "30000")
        .containsEntry("transaction.timeout.ms", "300000");
  }

  @Test
  void checksRecordsAgainstTheirChecksumsByDefault() {
    assertThat(ClientSettings.consumer(new ClientProperties(Map.of(BROKERS, "b:1"))))
        .doesNotContainKey("check.crcs");
  }

  @Test
  void joinsNoGroup() {
    Map<String, Object> settings =
        ClientSettings.consumer(
            new ClientProperties(
                Map.of(
                    BROKERS,
                    "b:1",
                    "group.id",
                    "g",
                    "group.instance.id",
                    "i",
                    "group.protocol",
                    "consumer",
                    "session.timeout.ms",
                    "1")));

    assertThat(settings)
        .doesNotContainKeys(
            "group.id", "group.instance.id", "group.protocol", "session.timeout.ms");
  }

  @Test
  void givesEachKindOfClientOnlyWhatItKnowsAndWhatNobodyKnows() {
    ClientProperties client =
        new ClientProperties(
            Map.of(
                BROKERS,
                "b:1",
                "security.protocol",
                "SSL",
                "fetch.min.bytes",
                "3",
                "linger.ms",
                "5",
                "my.plugin.setting",
                "x"));

    assertThat(ClientSettings.admin(client))
        .containsKeys(BROKERS, "security.protocol", "my.plugin.setting")
        .doesNotContainKeys("fetch.min.bytes", "linger.ms", "isolation.level");
    assertThat(ClientSettings.consumer(client))
        .containsKeys(BROKERS, "security.protocol", "my.plugin.setting", "fetch.min.bytes")
        .doesNotContainKey("linger.ms");
  }

  @Test
  void letsAnAdminClientHaveAnyRequestTimeout() {
    ClientProperties client =
        new ClientProperties(Map.of(BROKERS, "127.0.0.1:1", "request.timeout.ms", "90000"));

    assertThat(ClientSettings.admin(client)).containsEntry("default.api.timeout.ms", "90000");
    ClientSettings.newAdmin(client).close();
  }
}
