package io.kadb.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The queries that a session planned last, by their texts: to plan one takes longer than to read a
 * message.
 *
 * <p>A plan depends on the definitions and on the schema of the session, and else on what its names
 * stand for. A query that names something which others may change without a new version of the
 * definitions, a table of the warehouse or a topic without definition, is not kept.
 */
final class KnownQueries {
  private static final int MOST = 16;

  /** Longer texts are made by programs, each of them once. */
  private static final int LONGEST_TEXT = 4_000;

  private static final Set<String> CHANGING = Set.of(SchemaTree.WAREHOUSE, BrokerTopics.SCHEMA);

  private final Map<String, SessionStatement> queries =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SessionStatement> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Returns the query of this text.
   *
   * @param current whether what was planned earlier still holds; otherwise it is forgotten
   * @return null if it is not known
   */
  @Nullable SessionStatement get(String sql, Predicate<SessionStatement> current) {
    SessionStatement known = queries.get(sql);
    if (known != null && !current.test(known)) {
      queries.remove(sql);
      return null;
    }
    return known;
  }

  /** Keeps a query that is {@linkplain #lasts lasting}. */
  void keep(SessionStatement query) {
    queries.put(query.sql(), query);
  }

  /**
   * Returns whether a query names only what cannot change unnoticed.
   *
   * @param query the query as it was written
   * @param schema the schema that names without one mean
   */
  static boolean lasts(String sql, SqlNode query, String schema) {
    return sql.length() <= LONGEST_TEXT && !CHANGING.contains(schema) && !namesChanging(query);
  }

  private static boolean namesChanging(SqlNode query) {
    boolean[] found = {false};
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            found[0] |= name.names.size() > 1 && CHANGING.contains(name.names.get(0));
            return null;
          }
        });
    return found[0];
  }
}
