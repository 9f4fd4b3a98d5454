package io.kadb.server.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The drivers that talk to a server. */
enum RemoteClient {
  THIN("jdbc:kadb://127.0.0.1:%d/"),
  STOCK_JSON("jdbc:avatica:remote:url=http://127.0.0.1:%d;serialization=json"),
  STOCK_PROTOBUF("jdbc:avatica:remote:url=http://127.0.0.1:%d;serialization=protobuf");

  private final String url;

  RemoteClient(String url) {
    this.url = url;
  }

  String url(int port) {
    return url.formatted(port);
  }

  Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(url(port));
  }
}
