package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:kadb://h|[h:8765]",
        "jdbc:kadb://h:1|[h:1]",
        "jdbc:kadb://h:65535/|[h:65535]",
        "jdbc:kadb://a:1,b, c:3/s|[a:1, b:8765, c:3]",
        "jdbc:kadb://127.0.0.1:8765?user=u|[127.0.0.1:8765]",
        "jdbc:kadb://[::1]|[[::1]:8765]",
        "jdbc:kadb://[::1]:9,h:8;user=u|[[::1]:9, h:8]",
      })
  void readsTheServers(String url, String servers) throws SQLException {
    assertThat(RemoteUrl.parse(url).endpoints()).hasToString(servers);
  }

  @Test
  void readsTheSchema() throws SQLException {
    assertThat(RemoteUrl.parse("jdbc:kadb://h/sales?user=u").schema()).hasValue("sales");
    assertThat(RemoteUrl.parse("jdbc:kadb://h/gr%C3%BC%C3%9Fe").schema()).hasValue("grüße");
    assertThat(RemoteUrl.parse("jdbc:kadb://h/").schema()).isEmpty();
    assertThat(RemoteUrl.parse("jdbc:kadb://h?a=/b").schema()).isEmpty();
  }

  @Test
  void readsThePropertiesInTheirOrder() throws SQLException {
    RemoteUrl url =
        RemoteUrl.parse("jdbc:kadb://h/s?user=u&password=p%26%3D+%20x&user=v;fetchSize=10&empty=");
    assertThat(url.properties())
        .containsExactly(
            entry("user", "v"),
            entry("password", "p&=+ x"),
            entry("fetchSize", "10"),
            entry("empty", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:kadb:",
        "jdbc:other://h",
        "jdbc:kadb://",
        "jdbc:kadb://:1",
        "jdbc:kadb://h:0",
        "jdbc:kadb://h:65536",
        "jdbc:kadb://h:x",
        "jdbc:kadb://h:",
        "jdbc:kadb://h,",
        "jdbc:kadb://[::1",
        "jdbc:kadb://h/%zz",
        "jdbc:kadb://h?=v",
        "jdbc:kadb://h?hunter2"
      })
  void refusesWhatIsMalformed(String url) {
    assertThatThrownBy(() -> RemoteUrl.parse(url))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageContaining("jdbc:kadb://host:port")
        .hasMessageNotContaining("hunter2");
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value);
  }
}
