package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.sql.FunctionDescription;
import io.kadb.sql.ResultColumn;
import io.kadb.sql.TableDescription;
import io.kadb.type.ColumnType;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KadbDatabaseMetaDataTest {
  private final StubEngine engine = new StubEngine();
  private final DatabaseMetaData metaData = new KadbDatabaseMetaData(engine.connect());

  @BeforeEach
  void defineTables() {
    engine.schemas.addAll(List.of("kadb", "public"));
    engine.tables.add(
        new TableDescription(
            "kadb",
            "offsets",
            "SYSTEM TABLE",
            "",
            List.of(new ResultColumn("ftoid", ColumnType.OID, false, "kadb", "offsets"))));
    engine.tables.add(
        new TableDescription(
            "public",
            "my_topic",
            "FOREIGN TABLE",
            "topic my_topic",
            List.of(
                new ResultColumn("id", ColumnType.INTEGER, false, "public", "my_topic"),
                new ResultColumn("price", ColumnType.numeric(10, 2), true, "public", "my_topic"),
                new ResultColumn("at", ColumnType.timestamp(3), true, "public", "my_topic"),
                new ResultColumn("name", ColumnType.varchar(20), true, "public", "my_topic"))));
    engine.tables.add(new TableDescription("public", "myXtopic", "FOREIGN TABLE", "", List.of()));
  }

  @Test
  void tablesComeByTypeSchemaAndName() throws SQLException {
    assertThat(texts(metaData.getTables(null, null, "%", null), "TABLE_NAME"))
        .containsExactly("my_topic", "myXtopic", "offsets");
    assertThat(texts(metaData.getTables("", "public", "%", null), "TABLE_TYPE"))
        .containsExactly("FOREIGN TABLE", "FOREIGN TABLE");
    assertThat(
            texts(
                metaData.getTables(null, null, null, new String[] {"SYSTEM TABLE"}), "TABLE_NAME"))
        .containsExactly("offsets");
    assertThat(texts(metaData.getTables("other", null, null, null), "TABLE_NAME")).isEmpty();
  }

  @Test
  void escapedPatternsMatchTheirOwnName() throws SQLException {
    String escaped = "my" + metaData.getSearchStringEscape() + "_topic";
    assertThat(texts(metaData.getTables(null, null, escaped, null), "TABLE_NAME"))
        .containsExactly("my_topic");
    assertThat(texts(metaData.getTables(null, null, "my_topic", null), "TABLE_NAME")).hasSize(2);
  }

  @Test
  void columnsSayTypeSizeAndNullability() throws SQLException {
    try (ResultSet columns = metaData.getColumns(null, "public", "my\\_topic", "%")) {
      assertColumn(columns, "id", Types.INTEGER, "integer", 10, "NO");
      assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
      assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(1);
      assertColumn(columns, "price", Types.NUMERIC, "numeric", 10, "YES");
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(2);
      assertColumn(columns, "at", Types.TIMESTAMP, "timestamp without time zone", 29, "YES");
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(3);
      assertColumn(columns, "name", Types.VARCHAR, "character varying", 20, "YES");
      assertThat(columns.getInt("CHAR_OCTET_LENGTH")).isEqualTo(20);
      assertThat(columns.next()).isFalse();
    }
    assertThat(texts(metaData.getColumns(null, null, null, "p%"), "COLUMN_NAME"))
        .containsExactly("price");
  }

  private static void assertColumn(
      ResultSet columns, String name, int type, String typeName, int size, String nullable)
      throws SQLException {
    assertThat(columns.next()).isTrue();
    assertThat(columns.getString("COLUMN_NAME")).isEqualTo(name);
    assertThat(columns.getInt("DATA_TYPE")).isEqualTo(type);
    assertThat(columns.getString("TYPE_NAME")).isEqualTo(typeName);
    assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(size);
    assertThat(columns.getString("IS_NULLABLE")).isEqualTo(nullable);
  }

  @Test
  void asksTheWarehouseOnlyIfAPatternAdmitsItsSchemas() throws SQLException {
    engine.warehouseTables.add(
        new TableDescription("pg.public", "my_sink", "TABLE", "", List.of()));
    for (String other : List.of("public", "kadb", "k%", "pub%", "", "p", "pgx%", "pg\\_%")) {
      metaData.getTables(null, other, "%", null);
      metaData.getColumns(null, other, "%", "%");
      metaData.getSchemas(null, other);
    }
    metaData.getTables("other", null, null, null);
    assertThat(engine.log).isEmpty();
    for (String own : List.of("pg.public", "pg.%", "p%", "%", "_g.public", "pg\\.public")) {
      assertThat(texts(metaData.getTables(null, own, "my\\_s%", null), "TABLE_NAME"))
          .as(own)
          .containsExactly("my_sink");
      assertThat(texts(metaData.getSchemas(null, own), "TABLE_SCHEM")).contains("pg.public");
    }
    assertThat(engine.log).contains("warehouse tables like my\\_s%");
    assertThat(texts(metaData.getTables(null, null, null, null), "TABLE_NAME"))
        .containsExactly("my_topic", "myXtopic", "offsets", "my_sink");
    assertThat(texts(metaData.getSchemas(), "TABLE_SCHEM"))
        .containsExactly("kadb", "pg.public", "public");
  }

  @Test
  void primaryKeysComeByColumnWithTheirPlace() throws SQLException {
    assertThat(texts(metaData.getPrimaryKeys(null, "kadb", "offsets"), "COLUMN_NAME"))
        .containsExactly("ftoid", "prt");
    assertThat(texts(metaData.getPrimaryKeys(null, null, "offsets"), "KEY_SEQ"))
        .containsExactly("1", "2");
    assertThat(texts(metaData.getPrimaryKeys(null, "public", "my_topic"), "KEY_SEQ")).isEmpty();
  }

  @Test
  void functionsComeWithParametersAndResults() throws SQLException {
    ResultColumn id = ResultColumn.of("id", ColumnType.BIGINT);
    engine.functions.add(
        new FunctionDescription(
            "cancel", false, List.of(id), List.of(ResultColumn.of("done", ColumnType.BOOLEAN))));
    engine.functions.add(new FunctionDescription("load_all", true, List.of(id), List.of(id, id)));
    assertThat(texts(metaData.getFunctions(null, "kadb", "%"), "FUNCTION_NAME"))
        .containsExactly("cancel", "load_all");
    assertThat(texts(metaData.getFunctions(null, null, "load\\_%"), "FUNCTION_TYPE"))
        .containsExactly(String.valueOf(DatabaseMetaData.functionReturnsTable));
    assertThat(texts(metaData.getFunctions(null, "public", null), "FUNCTION_NAME")).isEmpty();
    ResultSet value = metaData.getFunctionColumns(null, null, "cancel", "%");
    assertThat(texts(value, "COLUMN_TYPE"))
        .containsExactly(
            String.valueOf(DatabaseMetaData.functionReturn),
            String.valueOf(DatabaseMetaData.functionColumnIn));
    ResultSet rows = metaData.getFunctionColumns(null, "kadb", "load_all", null);
    assertThat(texts(rows, "ORDINAL_POSITION")).containsExactly("1", "1", "2");
    assertThat(texts(metaData.getFunctionColumns(null, null, null, "done"), "TYPE_NAME"))
        .containsExactly("boolean");
  }

  @Test
  void schemasAndTypesOfTables() throws SQLException {
    assertThat(texts(metaData.getSchemas(), "TABLE_SCHEM")).containsExactly("kadb", "public");
    assertThat(texts(metaData.getSchemas(null, "pub%"), "TABLE_SCHEM")).containsExactly("public");
    assertThat(texts(metaData.getTableTypes(), "TABLE_TYPE"))
        .containsExactly("FOREIGN TABLE", "SYSTEM TABLE", "TABLE", "VIEW");
    assertThat(texts(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
  }

  @Test
  void typeInfoIsOrderedByCodeAndKnowsEveryType() throws SQLException {
    List<Integer> codes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (ResultSet types = metaData.getTypeInfo()) {
      while (types.next()) {
        codes.add(types.getInt("DATA_TYPE"));
        names.add(types.getString("TYPE_NAME"));
        assertThat(JDBCType.valueOf(types.getInt("DATA_TYPE"))).isNotNull();
      }
    }
    assertThat(codes).isSorted();
    assertThat(names).contains("integer", "numeric", "text", "uuid", "jsonb", "oid", "bytea");
  }

  @Test
  void everyResultHasTheColumnsThatJdbcPrescribes() throws SQLException {
    assertThat(labels(metaData.getTables(null, null, null, null))).hasSize(10);
    assertThat(labels(metaData.getColumns(null, null, null, null))).hasSize(24);
    assertThat(labels(metaData.getSchemas())).containsExactly("TABLE_SCHEM", "TABLE_CATALOG");
    assertThat(labels(metaData.getTypeInfo())).hasSize(18);
    assertThat(labels(metaData.getPrimaryKeys(null, null, "t")))
        .containsExactly(
            "TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME");
    assertThat(labels(metaData.getImportedKeys(null, null, "t"))).hasSize(14);
    assertThat(labels(metaData.getIndexInfo(null, null, "t", false, false))).hasSize(13);
    assertThat(labels(metaData.getProcedures(null, null, null))).hasSize(9);
    assertThat(labels(metaData.getProcedureColumns(null, null, null, null))).hasSize(20);
    assertThat(labels(metaData.getFunctions(null, null, null))).hasSize(6);
    assertThat(labels(metaData.getFunctionColumns(null, null, null, null))).hasSize(17);
    assertThat(labels(metaData.getPseudoColumns(null, null, null, null))).hasSize(12);
    assertThat(labels(metaData.getAttributes(null, null, null, null))).hasSize(21);
    assertThat(labels(metaData.getClientInfoProperties())).hasSize(4);
  }

  /** What sqlline's {@code !metadata} and {@code !dbinfo} do. */
  @Test
  void everyQuestionWithoutArgumentsHasAnAnswer() throws Exception {
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getParameterCount() == 0 && !method.getName().equals("unwrap")) {
        assertThat(method.invoke(metaData)).as(method.getName()).isNotNull();
      }
    }
  }

  @Test
  void saysHowNamesAreWritten() throws SQLException {
    assertThat(metaData.getDatabaseProductName()).isEqualTo("kadb");
    assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
    assertThat(metaData.storesUpperCaseIdentifiers()).isFalse();
    assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
    assertThat(metaData.getURL()).isEqualTo("jdbc:kadb:");
    assertThat(metaData.supportsTransactions()).isTrue();
    assertThat(metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ))
        .isFalse();
  }

  @Test
  void resultMetaDataSaysWhatColumnsAre() throws SQLException {
    ResultSetMetaData of =
        new KadbResultSetMetaData(
            List.of(
                new ResultColumn("u", ColumnType.UUID, true, "public", "t"),
                new ResultColumn("z", ColumnType.TIMESTAMPTZ, false, "", ""),
                ResultColumn.of("o", ColumnType.OID),
                ResultColumn.of("n", ColumnType.NUMERIC),
                ResultColumn.of("d", ColumnType.numeric(12, 4))));
    assertThat(of.getColumnType(1)).isEqualTo(Types.VARCHAR);
    assertThat(of.getColumnTypeName(1)).isEqualTo("uuid");
    assertThat(of.getColumnClassName(1)).isEqualTo("java.lang.String");
    assertThat(of.getSchemaName(1)).isEqualTo("public");
    assertThat(of.getTableName(1)).isEqualTo("t");
    assertThat(of.isNullable(1)).isEqualTo(ResultSetMetaData.columnNullable);
    assertThat(of.getColumnType(2)).isEqualTo(Types.TIMESTAMP);
    assertThat(of.getColumnTypeName(2)).isEqualTo("timestamp with time zone");
    assertThat(of.isNullable(2)).isEqualTo(ResultSetMetaData.columnNoNulls);
    assertThat(of.getColumnType(3)).isEqualTo(Types.BIGINT);
    assertThat(of.getPrecision(4)).isZero();
    assertThat(of.getPrecision(5)).isEqualTo(12);
    assertThat(of.getScale(5)).isEqualTo(4);
    assertThat(of.getColumnDisplaySize(5)).isEqualTo("-99999999.9999".length() + 1);
    assertThat(of.getColumnLabel(5)).isEqualTo(of.getColumnName(5)).isEqualTo("d");
  }

  private static List<String> labels(ResultSet result) throws SQLException {
    ResultSetMetaData of = result.getMetaData();
    String[] labels = new String[of.getColumnCount()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = of.getColumnLabel(i + 1);
    }
    assertThat(labels).doesNotHaveDuplicates();
    return Arrays.asList(labels);
  }

  private static List<String> texts(ResultSet result, String label) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (result) {
      while (result.next()) {
        texts.add(result.getString(label));
      }
    }
    return texts;
  }
}
