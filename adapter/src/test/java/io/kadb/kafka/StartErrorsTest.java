package io.kadb.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.option.ClientProperties;
import io.kadb.option.OptionSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that Kafka refuses to make, before any broker is asked. */
class StartErrorsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "own.Module required password=Sesam geheim;",
        "own.Module required password=\"Sesam\"geheim\";",
        "own.Module geheim password=x;",
        "geheim",
        "own.Module required password=geheim",
      })
  void showNoPartOfALoginConfigurationThatCannotBeRead(String login) {
    KadbException error =
        error(
            Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(error).hasMessageContaining("\"#sasl.jaas.config\"");
    assertThat(withCauses(error)).doesNotContain("geheim");
  }

  @Test
  void nameTheStoreThatCannotBeRead() throws IOException {
    Path store = Files.writeString(folder.resolve("trust.jks"), "no store");

    KadbException error =
        error(
            Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.location", store.toString(),
                "ssl.truststore.password", "geheim"));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(error).hasMessageContainingAll(store.toString(), "#ssl.");
    assertThat(withCauses(error)).doesNotContain("geheim");
  }

  @Test
  void showNoPartOfAPrivateKeyThatCannotBeRead() {
    KadbException error =
        error(
            Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                pem("CERTIFICATE"),
                "ssl.keystore.key",
                pem("PRIVATE KEY")));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(withCauses(error)).doesNotContain("Z2VoZWlt");
  }

  @Test
  void sayThatTheJvmHasToAllowTheEndpointOfTokens() {
    ClientProperties client =
        OptionSet.merge(
                Map.of(),
                Map.of(
                    "k_brokers", "127.0.0.1:1",
                    "#security.protocol", "SASL_PLAINTEXT",
                    "#sasl.mechanisms", "OAUTHBEARER",
                    "#sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:1/token",
                    "#sasl.oauthbearer.client.id", "kadb",
                    "#sasl.oauthbearer.client.secret", "geheim"),
                Map.of())
            .clientProperties();

    KadbException error = error(client.values());

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_OPTION_VALUE);
    assertThat(error).hasMessageContaining("org.apache.kafka.sasl.oauthbearer.allowed.urls");
    assertThat(withCauses(error)).doesNotContain("geheim");
  }

  private static String pem(String type) {
    return "-----BEGIN " + type + "-----\nZ2VoZWlt\n-----END " + type + "-----\n";
  }

  private static KadbException error(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("bootstrap.servers", "127.0.0.1:1");
    return catchThrowableOfType(
        KadbException.class, () -> ClientSettings.newAdmin(new ClientProperties(all)).close());
  }

  private static String withCauses(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
