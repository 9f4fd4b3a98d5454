package io.kadb.server.load;

import io.kadb.catalog.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What to load from where into what: a job file or a command line, checked and without defaults
 * that are still open.
 *
 * @param warehouse where target, offsets and history are; empty if the connection's URL says it
 * @param source where the messages come from
 * @param target what becomes of the rows
 * @param batches how much goes into one transaction
 * @param rejectLimit more rejected messages than this in one batch end the load: a number or a
 *     percentage such as {@code 2%}, as the option {@code k_reject_limit} takes it; empty if the
 *     first bad message ends the load
 * @param afterBatches what is run in the transaction of some batches
 */
public record LoadJob(
    Optional<Warehouse> warehouse,
    Source source,
    Target target,
    Batches batches,
    Optional<String> rejectLimit,
    Optional<AfterBatches> afterBatches) {

  /**
   * A database of PostgreSQL or Greenplum.
   *
   * @param password never shown
   */
  public record Warehouse(
      String host, int port, String database, Optional<String> user, Optional<String> password) {
    @Override
    public String toString() {
      return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }
  }

  /** Where messages come from. */
  public sealed interface Source {
    /** Returns the foreign table's name. */
    TableName table();

    /** A foreign table that is defined already. */
    record Existing(TableName table) implements Source {}

    /**
     * A foreign table that the job defines: created when the job runs for the first time, altered
     * when its definition changes; its offsets stay.
     *
     * @param columns in their order
     * @param options those of the table, with the brokers; values in kadb's forms
     * @param fallback where a partition without a stored offset begins
     * @param partitions the only partitions to load; empty for all
     */
    record Defined(
        TableName table,
        List<Column> columns,
        Map<String, String> options,
        Fallback fallback,
        Set<Integer> partitions)
        implements Source {}
  }

  /** Where a partition without a stored offset begins. */
  public enum Fallback {
    EARLIEST,
    LATEST
  }

  /**
   * A column of a foreign table.
   *
   * @param type as SQL writes it
   * @param options the column's options, such as {@code source}
   */
  public record Column(String name, String type, Map<String, String> options) {}

  /**
   * What becomes of the rows.
   *
   * @param table the table of the warehouse
   * @param mode insert, update or merge
   * @param mappings which expression fills which column of the target; empty if columns of the same
   *     name do
   * @param match the columns by which a row of the target is found; for update and merge
   * @param order of several rows for one match the greatest by these wins, otherwise the last
   * @param update the columns that an update sets; empty for all that are mapped and not matched
   * @param updateCondition rows of the target are changed only where this holds
   * @param deleteCondition rows of the target are deleted where this holds
   * @param tombstonesDelete whether a message without a value deletes the rows it matches
   * @param filter rows of the batch are taken only where this holds
   */
  public record Target(
      TableName table,
      Mode mode,
      List<Mapping> mappings,
      List<String> match,
      List<String> order,
      List<String> update,
      Optional<String> updateCondition,
      Optional<String> deleteCondition,
      boolean tombstonesDelete,
      Optional<String> filter) {}

  /** How rows get into the target. */
  public enum Mode {
    INSERT,
    UPDATE,
    MERGE
  }

  /**
   * What fills a column of the target.
   *
   * @param column the column's name
   * @param expression SQL of the warehouse over the source's columns
   */
  public record Mapping(String column, String expression) {}

  /**
   * How much goes into one transaction.
   *
   * @param maxRows a batch ends at about so many messages
   * @param interval a batch ends after this time at the latest
   * @param saveFailing whether the rows of a batch that fails are kept in a table
   */
  public record Batches(OptionalLong maxRows, Optional<Duration> interval, boolean saveFailing) {}

  /**
   * SQL of the warehouse that is run in the transaction of batches.
   *
   * @param every after how many batches; empty for each
   */
  public record AfterBatches(String sql, OptionalInt every) {}
}
