package io.kadb.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsSettingsTest {
  private static final String CA = pem("CERTIFICATE", "Y2E=");
  private static final String CERTIFICATE = pem("CERTIFICATE", "Y2VydA==");
  private static final String KEY = pem("PRIVATE KEY", "a2V5");

  @TempDir Path folder;

  @Test
  void makesStoresOfFiles() throws IOException {
    Map<String, String> values =
        values(
            Map.of(
                "#ssl.ca.location", file("ca.pem", CA),
                "#ssl.certificate.location", file("client.pem", CERTIFICATE),
                "#ssl.key.location", file("client.key", KEY)));
    assertThat(values)
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.truststore.certificates", CA)
        .containsEntry("ssl.keystore.type", "PEM")
        .containsEntry("ssl.keystore.certificate.chain", CERTIFICATE)
        .containsEntry("ssl.keystore.key", KEY)
        .hasSize(7);
  }

  @Test
  void makesStoresOfTexts() {
    Map<String, String> values =
        values(
            Map.of(
                "#ssl.ca.pem", CA,
                "#ssl.certificate.pem", CERTIFICATE,
                "#ssl.key.pem", KEY));
    assertThat(values)
        .containsEntry("ssl.truststore.certificates", CA)
        .containsEntry("ssl.keystore.key", KEY);
  }

  @Test
  void takesAllCertificatesOfAFolder() throws IOException {
    file("a.pem", CA);
    file("b.crt", CERTIFICATE);
    file("c.key", KEY);
    file("readme", "no certificate");
    assertThat(
            values(Map.of("#ssl.ca.location", folder.toString()))
                .get("ssl.truststore.certificates"))
        .contains(CA.strip(), CERTIFICATE.strip())
        .doesNotContain("PRIVATE KEY", "readme");
  }

  @Test
  void takesTheSystemsCertificatesForProbe() {
    assertThat(values(Map.of("#ssl.ca.location", "probe")))
        .doesNotContainKeys("ssl.truststore.type", "ssl.truststore.certificates");
  }

  @Test
  void keepsStoresOfTheUsersOwn() {
    assertThat(
            values(
                Map.of(
                    "#ssl.truststore.location", "/trust.jks",
                    "#ssl.truststore.password", "geheim",
                    "#ssl.ca.pem", CA)))
        .containsEntry("ssl.truststore.location", "/trust.jks")
        .doesNotContainKey("ssl.truststore.certificates");
  }

  @Test
  void prefersFilesNearerToTheTable() {
    Map<String, String> server =
        Map.of(
            "k_brokers", "h",
            "#security.protocol", "ssl",
            "#ssl.truststore.location", "/trust.jks",
            "#ssl.truststore.password", "geheim");
    assertThat(
            OptionSet.merge(Map.of(), server, Map.of("#ssl.ca.pem", CA))
                .clientProperties()
                .values())
        .containsEntry("ssl.truststore.certificates", CA)
        .doesNotContainKeys("ssl.truststore.location", "ssl.truststore.password");
  }

  @Test
  void readsNoFileWhereTheProtocolNeedsNone() {
    OptionSet options =
        OptionSet.merge(
            Map.of(), Map.of("k_brokers", "h", "#ssl.ca.location", "/does/not/exist"), Map.of());
    assertThat(options.clientProperties().values()).containsOnlyKeys("bootstrap.servers");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    String text = file("ca.txt", "geheim");
    String certificate = file("client.pem", CERTIFICATE);
    String oldKey = file("old.key", pem("RSA PRIVATE KEY", "Z2VoZWlt"));
    assertThatThrownBy(() -> values(Map.of("#ssl.ca.location", "/does/not/exist")))
        .hasMessageContaining("server option #ssl.ca.location: cannot read \"/does/not/exist\"");
    assertThatThrownBy(() -> values(Map.of("#ssl.ca.location", text)))
        .hasMessageContaining("holds nothing in PEM form")
        .hasMessageNotContaining("geheim");
    assertThatThrownBy(() -> values(Map.of("#ssl.certificate.location", certificate)))
        .hasMessageContaining("missing option #ssl.key.location");
    assertThatThrownBy(
            () ->
                values(
                    Map.of("#ssl.certificate.location", certificate, "#ssl.key.location", oldKey)))
        .hasMessageContaining("not in PKCS #8 form")
        .hasMessageContaining("openssl pkcs8")
        .hasMessageNotContaining("Z2VoZWlt");
  }

  private static Map<String, String> values(Map<String, String> given) {
    Map<String, String> server = new HashMap<>(given);
    server.put("k_brokers", "h");
    server.put("#security.protocol", "SSL");
    return OptionSet.merge(Map.of(), server, Map.of()).clientProperties().values();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static String pem(String type, String body) {
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
