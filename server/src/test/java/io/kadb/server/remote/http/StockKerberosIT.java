package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avatica's own driver with Kerberos, which it has without Hadoop. */
class StockKerberosIT extends KerberosFixture {
  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void avaticasDriverLogsIn(String serialization) throws SQLException {
    try (Connection connection =
            stock(
                serialization,
                "authentication=SPNEGO",
                "principal=" + KDC.principal("anna"),
                "keytab=" + keytab("anna"));
        ResultSet rows = connection.createStatement().executeQuery("SELECT CURRENT_USER")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("anna");
    }
    assertThatThrownBy(() -> stock(serialization).createStatement()).isInstanceOf(Exception.class);
  }
}
