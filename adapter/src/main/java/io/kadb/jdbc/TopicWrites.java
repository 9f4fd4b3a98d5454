package io.kadb.jdbc;

import io.kadb.kafka.TopicWriter;
import java.sql.SQLException;

/** Writing messages as they are into topics. {@code Connection.unwrap} gives it. */
public interface TopicWrites {
  /**
   * Opens the topic of a table for writing. What is written is not part of the connection's
   * transaction.
   *
   * @param table the name of a foreign table as SQL writes it, such as {@code public.orders}; or
   *     {@code topics."T"} on a connection with the property {@code brokers}
   * @throws SQLException 42P01 if there is no such table, HV002 if it names no brokers or topic,
   *     HV00R if there is no such topic, 08001, 28000, 42501, 25006 on a read-only connection
   */
  TopicWriter writeTo(String table) throws SQLException;
}
