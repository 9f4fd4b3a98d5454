package io.kadb.server.remote.http;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A program of a user who called kinit: asks a server who the user is. */
final class TicketCacheQuery {
  private TicketCacheQuery() {}

  public static void main(String[] arguments) {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        ResultSet rows = connection.createStatement().executeQuery("SELECT CURRENT_USER")) {
      while (rows.next()) {
        System.out.println("user " + rows.getString(1));
      }
    } catch (SQLException e) {
      System.out.println(e.getSQLState() + " " + e.getMessage());
    }
  }
}
