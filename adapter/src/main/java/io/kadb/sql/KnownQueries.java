package io.kadb.sql;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCall;
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
 * definitions, a table of the warehouse or a topic without definition, is not kept; nor is one
 * whose compiled form has a state.
 */
final class KnownQueries {
  private static final int MOST = 16;

  /** Longer texts are made by programs, each of them once. */
  private static final int LONGEST_TEXT = 4_000;

  private static final Set<String> CHANGING = Set.of(SchemaTree.WAREHOUSE, BrokerTopics.SCHEMA);

  /** With a seed they give the same numbers in each statement; what is compiled goes on instead. */
  private static final Set<String> STATEFUL = Set.of("RAND", "RAND_INTEGER", "RANDOM");

  /** Plans go first when memory becomes scarce: one may take half a megabyte. */
  private final Map<String, SoftReference<SessionStatement>> queries =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<String, SoftReference<SessionStatement>> eldest) {
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
    SoftReference<SessionStatement> kept = queries.get(sql);
    SessionStatement known = kept == null ? null : kept.get();
    if (kept != null && (known == null || !current.test(known))) {
      queries.remove(sql);
      return null;
    }
    return known;
  }

  /** Keeps a query that is {@linkplain #lasts lasting}. */
  void keep(SessionStatement query) {
    queries.put(query.sql(), new SoftReference<>(query));
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
          public @Nullable Void visit(SqlCall call) {
            found[0] |= STATEFUL.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
            return super.visit(call);
          }

          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            found[0] |= name.names.size() > 1 && CHANGING.contains(name.names.get(0));
            return null;
          }
        });
    return found[0];
  }
}
