package io.kadb.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RemoteDriverTest {
  private final RemoteDriver driver = new RemoteDriver();

  @Test
  void isFoundByTheDriverManager() throws SQLException {
    assertThat(DriverManager.getDriver("jdbc:kadb://localhost")).isInstanceOf(RemoteDriver.class);
  }

  @Test
  void leavesTheUrlsOfTheDriverInProcessAlone() throws SQLException {
    assertThat(driver.acceptsURL("jdbc:kadb://localhost:8765/public")).isTrue();
    assertThat(driver.acceptsURL("jdbc:kadb:")).isFalse();
    assertThat(driver.acceptsURL("jdbc:kadb:?schema=public")).isFalse();
    assertThat(driver.acceptsURL(null)).isFalse();
    assertThat(driver.connect("jdbc:kadb:", new Properties())).isNull();
  }

  @Test
  void refusesAMalformedUrlBeforeAnythingElse() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:kadb://localhost:port"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
  }
}
