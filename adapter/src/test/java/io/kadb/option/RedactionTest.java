package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#sasl.password",
        "#sasl.jaas.config",
        "#ssl.key.password",
        "#ssl.key.pem",
        "#ssl.keystore.key",
        "#ssl.keystore.password",
        "#ssl.truststore.password",
        "#sasl.oauthbearer.client.secret",
        "#sasl.oauthbearer.config",
        "#sasl.oauthbearer.assertion.private.key.pem",
        "schema_registry_password",
        "schema_registry_ssl_key_password",
        "sasl.password",
        "#sasl.pasword",
        "#SASL.PASSWORD",
        "my_passwd",
        "schema_registry_pasword",
        "schema_registry_passwrod",
        "schema_registry_ssl_key_pasword",
        "sasl_pasword",
        "my_pass",
        "PASS",
        "db_pwd",
        "access_token",
        "aws_credentials",
      })
  void masksSecretsAlsoUnderMisspelledNames(String name) {
    assertThat(Redaction.mask(Map.of(name, "geheim"))).containsEntry(name, Redaction.MASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k_brokers",
        "k_topic",
        "#sasl.username",
        "#ssl.key.location",
        "#sasl.oauthbearer.token.endpoint.url",
        "schema_registry_ssl_key_location",
        "k_topik",
        "compass",
        "schema_registry_urll",
        "schema_registry_usr",
      })
  void showsWhatIsNoSecret(String name) {
    assertThat(Redaction.mask(Map.of(name, "shown"))).containsEntry(name, "shown");
  }

  @Test
  void keepsTheOrder() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("k_topic", "t");
    options.put("#sasl.password", "geheim");
    options.put("format", "csv");
    assertThat(Redaction.mask(options))
        .containsExactly(
            Map.entry("k_topic", "t"),
            Map.entry("#sasl.password", Redaction.MASK),
            Map.entry("format", "csv"));
  }

  @Test
  void showsAReferenceButNotWhatSurroundsIt() {
    assertThat(Redaction.mask("#sasl.password", "${env:PASSWORD}")).isEqualTo("${env:PASSWORD}");
    assertThat(Redaction.mask("#sasl.password", "${env:HALF}rest")).isEqualTo(Redaction.MASK);
  }

  @Test
  void hidesCredentialsInAddresses() {
    assertThat(Redaction.mask("schema_registry_url", "https://u:geheim@registry:8081/a"))
        .isEqualTo("https://" + Redaction.MASK + "@registry:8081/a");
  }
}
