package io.kadb.server.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kadb rejects show}: one message with its bytes. */
@Command(
    name = "show",
    description = "Show a rejected message with its bytes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShowReject extends StoreCommand {
  private static final List<String> TEXTS =
      List.of(
          "reject_id",
          "ftoid",
          "topic",
          "prt",
          "off",
          "message_timestamp",
          "column_name",
          "sqlstate",
          "reason",
          "rejected_at");

  @Parameters(paramLabel = "ID", description = "its reject_id")
  private long id;

  ShowReject() {
    super(true);
  }

  @Override
  void run(Connection kadb) throws SQLException {
    try (PreparedStatement statement =
        kadb.prepareStatement(
            "SELECT "
                + String.join(", ", TEXTS)
                + ", message_key, message_value FROM kadb.rejects WHERE reject_id = ?")) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new LoadFailure("there is no rejected message " + id);
        }
        for (String name : TEXTS) {
          String value = row.getString(name);
          System.out.printf("%-18s %s%n", name, value == null ? "" : value);
        }
        print("message_key", row.getBytes("message_key"));
        print("message_value", row.getBytes("message_value"));
      }
    }
  }

  private static void print(String name, byte @Nullable [] bytes) {
    if (bytes == null) {
      System.out.println(name + ": none");
      return;
    }
    System.out.println(name + ": " + bytes.length + " bytes");
    RejectedBytes.dump(bytes).forEach(line -> System.out.println("  " + line));
  }
}
