package io.kadb.jdbc;

import io.kadb.sql.TableTopic;
import java.sql.SQLException;

/** The topics behind tables, for what SQL has no words for. {@code Connection.unwrap} gives it. */
public interface Topics {
  /**
   * Returns the topic of a table; asks the brokers nothing unless the connection was given some.
   *
   * @param table the name of a foreign table as SQL writes it, such as {@code public.orders}, or
   *     its OID in digits; or {@code topics."T"} on a connection with the property {@code brokers}
   * @throws SQLException 42P01 if there is no such table, HV024 if its options are wrong
   */
  TableTopic topic(String table) throws SQLException;
}
