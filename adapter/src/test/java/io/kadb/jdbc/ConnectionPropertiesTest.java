package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.scan.ScanMode;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPropertiesTest {
  private final KadbDriver driver = new KadbDriver();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:kadb:?schema=a&fetchSize=5",
        "jdbc:kadb:;schema=a;fetchSize=5",
        "jdbc:kadb:schema=a;fetchSize=5",
        "jdbc:kadb:;schema=a;;fetchSize=5;",
        "jdbc:kadb:?schema=%61&&fetch%53ize=5"
      })
  void urlFormsMeanTheSame(String url) {
    assertThat(ConnectionUrl.properties(url))
        .containsOnly(Map.entry("schema", "a"), Map.entry("fetchSize", "5"));
  }

  @Test
  void escapesAreBytesOfUtf8AndPlusStaysPlus() {
    assertThat(ConnectionUrl.properties("jdbc:kadb:?storePassword=a%26b%3D%D0%BFя+%25"))
        .containsEntry("storePassword", "a&b=пя+%");
    assertThat(ConnectionUrl.properties("jdbc:kadb:storePassword=a%26b?c=d"))
        .containsEntry("storePassword", "a%26b?c=d");
    assertThat(ConnectionUrl.properties("jdbc:kadb:")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:kadb:?schema", "jdbc:kadb:?=a", "jdbc:kadb:?a=%4", "jdbc:kadb:?a=%zz"})
  void brokenUrlsAreRefused(String url) {
    assertThatThrownBy(() -> ConnectionUrl.properties(url))
        .isInstanceOf(KadbException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.BAD_OPTION_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:kadb:,true",
    "jdbc:kadb:?a=b,true",
    "jdbc:kadb:a=b,true",
    "jdbc:kadb://localhost:8765,false",
    "jdbc:postgresql:x,false",
    "JDBC:kadb:,false"
  })
  void acceptsItsOwnUrlsOnly(String url, boolean accepted) throws SQLException {
    assertThat(driver.acceptsURL(url)).isEqualTo(accepted);
    if (!accepted) {
      assertThat(driver.connect(url, new Properties())).isNull();
    }
  }

  @Test
  void driverManagerFindsTheDriver() throws SQLException {
    assertThat(DriverManager.getDriver("jdbc:kadb:")).isInstanceOf(KadbDriver.class);
    assertThat(ServiceLoader.load(Driver.class)).hasAtLeastOneElementOfType(KadbDriver.class);
  }

  @Test
  void everyPropertyArrives() {
    ConnectionProperties properties =
        of(
            Map.of(
                "store", "jdbc:postgresql://h/d",
                "storeUser", "u",
                "storePassword", "secret",
                "schema", "s",
                "scanMode", "SNAPSHOT",
                "segments", "3",
                "readOnly", "on",
                "queryTimeout", "9",
                "fetchSize", "100",
                "user", "me"));
    assertThat(properties.session().store().url()).isEqualTo("jdbc:postgresql://h/d");
    assertThat(properties.session().store().user()).contains("u");
    assertThat(properties.session().store().password()).contains("secret");
    assertThat(properties.session().schema()).isEqualTo("s");
    assertThat(properties.session().scanMode()).contains(ScanMode.SNAPSHOT);
    assertThat(properties.session().readOnly()).isTrue();
    assertThat(properties.session().defaults()).containsOnly(Map.entry("k_segments", "3"));
    assertThat(properties.queryTimeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(properties.fetchSize()).isEqualTo(100);
    assertThat(properties.user()).contains("me");
    assertThat(properties).asString().doesNotContain("secret");
  }

  @Test
  void nothingGivenMeansTheDefaults() {
    ConnectionProperties properties = of(Map.of());
    assertThat(properties.session().store().url())
        .isEqualTo("jdbc:sqlite:" + Path.of(System.getProperty("user.home"), ".kadb", "kadb.db"));
    assertThat(properties.session().schema()).isEqualTo("public");
    assertThat(properties.session().scanMode()).isEmpty();
    assertThat(properties.session().readOnly()).isFalse();
    assertThat(properties.session().defaults()).isEmpty();
    assertThat(properties.queryTimeout()).isZero();
  }

  @Test
  void homeComesFromThePropertyThenTheSystemPropertyThenTheEnvironment() {
    Map<String, String> outside = Map.of("kadb.home", "/system", "KADB_HOME", "/environment");
    assertThat(storeUrl(Map.of("kadb.home", "/given"), outside))
        .isEqualTo("jdbc:sqlite:/given/kadb.db");
    assertThat(storeUrl(Map.of(), outside)).isEqualTo("jdbc:sqlite:/system/kadb.db");
    assertThat(storeUrl(Map.of(), Map.of("KADB_HOME", "/environment")))
        .isEqualTo("jdbc:sqlite:/environment/kadb.db");
  }

  @Test
  void optionsAreDefaultsAndUnknownNamesAreRemembered() {
    ConnectionProperties properties =
        of(
            Map.of(
                "k_brokers", "h:9092",
                "#security.protocol", "SSL",
                "path", "/a",
                "colour", "blue"));
    assertThat(properties.session().defaults()).containsOnlyKeys("k_brokers", "#security.protocol");
    assertThat(properties.unknown()).containsExactly("colour", "path");
  }

  @Test
  void unknownPropertiesAreWarningsOfTheConnection() throws SQLException {
    try (KadbConnection connection =
        new KadbConnection(
            new StubEngine(), ConnectionProperties.of(Map.of("colour", "blue"), name -> null))) {
      assertThat((Throwable) connection.getWarnings())
          .hasMessageContaining("\"colour\"")
          .extracting("SQLState")
          .isEqualTo("01000");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "scanMode,sometimes",
    "segments,0",
    "segments,two",
    "readOnly,1",
    "queryTimeout,-1",
    "fetchSize,many",
    "k_seg_batch,0",
    "k_timeout_ms,12abc",
    "store,mysql"
  })
  void wrongValuesAreErrorsThatNameTheProperty(String name, String value) {
    assertThatThrownBy(() -> of(Map.of(name, value)))
        .isInstanceOf(KadbException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value)
        .extracting("code")
        .isEqualTo(ErrorCode.BAD_OPTION_VALUE);
  }

  @Test
  void referencesAreResolvedLater() {
    assertThat(of(Map.of("k_seg_batch", "${env:BATCH}")).session().defaults())
        .containsEntry("k_seg_batch", "${env:BATCH}");
    assertThat(of(Map.of("k_brokers", "h:${env:PORT}")).session().defaults())
        .containsEntry("k_brokers", "h:${env:PORT}");
  }

  @Test
  void urlBeatsPropertiesInAnyCase() {
    Properties besides = new Properties();
    besides.setProperty("SCHEMA", "b");
    besides.setProperty("user", "me");
    besides.put("fetchSize", 7);
    assertThat(ConnectionProperties.merge("jdbc:kadb:?schema=a", besides))
        .containsOnly(
            Map.entry("schema", "a"), Map.entry("user", "me"), Map.entry("fetchSize", "7"));
  }

  @Test
  void propertyInfoListsPropertiesAndOptionsWithoutSecrets() throws SQLException {
    DriverPropertyInfo[] infos =
        driver.getPropertyInfo("jdbc:kadb:?scanMode=peek&storePassword=x", null);
    assertThat(info(infos, "scanMode").value).isEqualTo("peek");
    assertThat(info(infos, "scanMode").choices).containsExactly("consume", "peek", "snapshot");
    assertThat(info(infos, "storePassword").value).isNull();
    assertThat(info(infos, "k_brokers").description).isNotBlank();
    assertThat(infos).extracting(found -> found.name).doesNotContain("path", "source");
  }

  private static DriverPropertyInfo info(DriverPropertyInfo[] infos, String name) {
    return Arrays.stream(infos).filter(info -> info.name.equals(name)).findFirst().orElseThrow();
  }

  private static ConnectionProperties of(Map<String, String> given) {
    return ConnectionProperties.of(given, name -> null);
  }

  private static String storeUrl(Map<String, String> given, Map<String, String> outside) {
    return ConnectionProperties.of(given, outside::get).session().store().url();
  }
}
