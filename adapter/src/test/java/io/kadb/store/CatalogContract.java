package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.catalog.ColumnDefault;
import io.kadb.catalog.ColumnDefinition;
import io.kadb.catalog.Definitions;
import io.kadb.catalog.ForeignTable;
import io.kadb.catalog.ServerDefinition;
import io.kadb.catalog.TableName;
import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import io.kadb.type.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every form of a store does with definitions. */
abstract class CatalogContract extends StoreFixture {
  private static final String ODD = "Имя \"mit\" 'quotes'; \\ {offsets} -- 🦆\n\t%";

  private static Map<String, String> unsortedOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("z", "last letter first");
    options.put("#sasl.password", ODD);
    options.put("", "");
    options.put("a", "${env:NAME}\u0000");
    options.put("Я", "ё");
    return options;
  }

  @Test
  void keepsAServerWithOddNamesAndTheOrderOfItsOptions() {
    ServerDefinition server =
        new ServerDefinition(ODD, Optional.of("тип"), Optional.of(""), unsortedOptions());
    session.catalog().createServer(server);
    session.catalog().createServer(server("plain"));

    Definitions read = other.catalog().read();

    assertThat(read.servers()).containsExactlyInAnyOrder(server, server("plain"));
    assertThat(read.server(ODD).orElseThrow().options().keySet())
        .containsExactly("z", "#sasl.password", "", "a", "Я");
  }

  @Test
  void keepsATableWithColumnsDefaultsAndOptionsInTheirOrder() {
    session.catalog().createServer(server(ODD));
    session.catalog().createSchema(ODD);
    List<ColumnDefinition> columns =
        List.of(
            new ColumnDefinition(
                "z", ColumnType.parse("int"), true, literal(""), unsortedOptions()),
            new ColumnDefinition(ODD, ColumnType.parse("text"), false, literal(ODD), Map.of()),
            new ColumnDefinition(
                "e",
                ColumnType.parse("date"),
                false,
                Optional.of(new ColumnDefault.Expression("current_date -- " + ODD)),
                Map.of()),
            column("a"));
    TableName name = new TableName(ODD, ODD + ODD);

    ForeignTable created = session.catalog().createTable(name, ODD, columns, unsortedOptions());
    ForeignTable read = other.catalog().read().table(name).orElseThrow();

    assertThat(created)
        .isEqualTo(new ForeignTable(created.ftoid(), name, ODD, columns, unsortedOptions()));
    assertThat(read).isEqualTo(created);
    assertThat(read.columns())
        .extracting(ColumnDefinition::name)
        .containsExactly("z", ODD, "e", "a");
    assertThat(read.columns().get(0).options().keySet())
        .containsExactlyElementsOf(unsortedOptions().keySet());
    assertThat(read.options().keySet()).containsExactlyElementsOf(unsortedOptions().keySet());
  }

  private static Optional<ColumnDefault> literal(String text) {
    return Optional.of(new ColumnDefault.Literal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smallint",
        "numeric",
        "numeric(12,2)",
        "numeric(1000)",
        "varchar(10)",
        "char(3)",
        "timestamp(3)",
        "timestamptz",
        "time(0)",
        "interval",
        "jsonb",
        "oid",
        "bytea",
        "\"My Enum\"",
        "inet"
      })
  void keepsTheTypeOfAColumn(String type) {
    session.catalog().createServer(server("k"));
    ColumnDefinition column =
        new ColumnDefinition("c", ColumnType.parse(type), false, Optional.empty(), Map.of());
    TableName name = new TableName("public", "t");
    session.catalog().createTable(name, "k", List.of(column), Map.of());

    assertThat(other.catalog().read().table(name).orElseThrow().columns()).containsExactly(column);
  }

  @Test
  void hasSchemaPublicFromTheStartAndNothingElse() {
    assertThat(session.catalog().read())
        .isEqualTo(new Definitions(List.of(), List.of(), List.of("public")));
  }

  @Test
  void sortsDefinitionsByName() {
    session.catalog().createSchema("b");
    session.catalog().createSchema("a");
    for (String name : List.of("t2", "k", "T")) {
      newTable(name);
    }

    Definitions read = session.catalog().read();

    assertThat(read.schemas()).containsExactly("a", "b", "public");
    assertThat(read.tables())
        .extracting(t -> t.name().toString())
        .containsExactly("public.T", "public.k", "public.t2");
  }

  @Test
  void refusesWhatIsThereAlready() {
    newTable("t");
    newTable("u");
    CatalogTables catalog = session.catalog();
    ForeignTable u = catalog.read().table(new TableName("public", "u")).orElseThrow();

    refused(ErrorCode.DUPLICATE_OBJECT, () -> catalog.createServer(server("k")));
    refused(ErrorCode.DUPLICATE_SCHEMA, () -> catalog.createSchema("public"));
    refused(ErrorCode.DUPLICATE_TABLE, () -> newTable("t"));
    refused(ErrorCode.DUPLICATE_TABLE, () -> catalog.replaceTable(named(u, "public", "t")));
  }

  @Test
  void refusesWhatIsNotThere() {
    ForeignTable t = newTable("t");
    CatalogTables catalog = session.catalog();
    TableName name = new TableName("public", "x");

    refused(ErrorCode.UNDEFINED_OBJECT, () -> catalog.replaceServer(server("x")));
    refused(ErrorCode.UNDEFINED_OBJECT, () -> catalog.dropServer("x"));
    refused(ErrorCode.UNDEFINED_OBJECT, () -> catalog.createTable(name, "x", List.of(), Map.of()));
    refused(
        ErrorCode.UNDEFINED_SCHEMA,
        () -> catalog.createTable(new TableName("x", "x"), "k", List.of(), Map.of()));
    refused(ErrorCode.UNDEFINED_SCHEMA, () -> catalog.dropSchema("x"));
    refused(ErrorCode.UNDEFINED_SCHEMA, () -> catalog.replaceTable(named(t, "x", "t")));
    refused(ErrorCode.UNDEFINED_TABLE, () -> catalog.dropTable(1));
    refused(
        ErrorCode.UNDEFINED_TABLE,
        () -> catalog.replaceTable(new ForeignTable(1, name, "k", List.of(), Map.of())));
    assertThat(catalog.read().tables()).containsExactly(t);
  }

  @Test
  void refusesToDropWhatTablesDependOn() {
    session.catalog().createServer(server("k"));
    session.catalog().createSchema("s");
    ForeignTable table =
        session.catalog().createTable(new TableName("s", "t"), "k", List.of(), Map.of());

    KadbException server =
        refused(ErrorCode.DEPENDENT_OBJECTS, () -> session.catalog().dropServer("k"));
    refused(ErrorCode.DEPENDENT_OBJECTS, () -> session.catalog().dropSchema("s"));
    assertThat(server).hasMessageContaining("s.t").hasMessageContaining("\"k\"");

    session.catalog().dropTable(table.ftoid());
    session.catalog().dropSchema("s");
    session.catalog().dropServer("k");
    assertThat(session.catalog().read().servers()).isEmpty();
    assertThat(session.catalog().read().schemas()).containsExactly("public");
  }

  @Test
  void replacesAServersOptions() {
    session.catalog().createServer(server("k"));
    session.catalog().createServer(server("l"));
    ServerDefinition changed = server("k").withOptions(Map.of("k_brokers", "h:1"));

    session.catalog().replaceServer(changed);

    assertThat(other.catalog().read().servers()).containsExactly(changed, server("l"));
  }

  @Test
  void replacesATableUnderItsOid() {
    ForeignTable t = newTable("t");
    ForeignTable u = newTable("u");
    ForeignTable changed =
        new ForeignTable(
            t.ftoid(),
            new TableName("public", "renamed"),
            "k",
            List.of(column("b"), column("c")),
            Map.of("k_topic", "x"));

    session.catalog().replaceTable(changed);
    session.catalog().replaceTable(changed);

    assertThat(other.catalog().read().tables()).containsExactlyInAnyOrder(changed, u);
  }

  @Test
  void neverGivesAnOidTwice() {
    Set<Long> given = new HashSet<>();
    ForeignTable dropped = newTable("t");
    given.add(dropped.ftoid());
    session.catalog().dropTable(dropped.ftoid());

    given.add(newTable("t").ftoid());
    session.begin();
    given.add(newTable("rolled_back").ftoid());
    session.rollback();
    given.add(newTable("rolled_back").ftoid());
    ForeignTable last = newTable("last");
    given.add(last.ftoid());
    session.catalog().dropTable(last.ftoid());
    try (Store reopened = Store.open(location());
        StoreSession fresh = reopened.session()) {
      given.add(newTable(fresh, "after").ftoid());
    }

    assertThat(given).hasSize(6);
  }

  @Test
  void givesOidsAboveThoseThatHaveOffsets() {
    long ftoid = newTable("t").ftoid() + 1000;
    session.offsets().apply(List.of(OffsetChange.insert(ftoid, 0, 5)), WAIT);

    assertThat(newTable("u").ftoid()).isGreaterThan(ftoid);
  }

  @Test
  void saysSoWhenNoOidIsLeft() {
    OffsetChange stray = OffsetChange.insert(OffsetChange.MAX_OID, 0, 5);
    session.offsets().apply(List.of(stray), WAIT);

    KadbException error = refused(ErrorCode.LIMIT_EXCEEDED, () -> newTable("t"));

    assertThat(error).hasMessageContaining("kadb.offsets");
    assertThat(session.catalog().read().tables()).isEmpty();
  }

  @Test
  void dropsTheOffsetsOfATableWithIt() {
    ForeignTable t = newTable("t");
    ForeignTable u = newTable("u");
    session
        .offsets()
        .apply(
            List.of(
                OffsetChange.insert(t.ftoid(), 0, 1),
                OffsetChange.insert(t.ftoid(), 1, 2),
                OffsetChange.insert(u.ftoid(), 0, 3)),
            WAIT);

    session.catalog().dropTable(t.ftoid());

    assertThat(other.offsets().readAll()).containsExactly(new OffsetRow(u.ftoid(), 0, 3));
    assertThat(newTable("t").ftoid()).isNotEqualTo(t.ftoid());
  }

  @Test
  void changesItsVersionWithEveryChangeAndOnlyThen() {
    List<Long> versions = new ArrayList<>();
    versions.add(other.catalog().version());
    session.catalog().createServer(server("k"));
    versions.add(other.catalog().version());
    ForeignTable t = newTable("t");
    versions.add(other.catalog().version());
    session.catalog().replaceTable(t.withOptions(Map.of("a", "b")));
    versions.add(other.catalog().version());
    session.catalog().dropTable(t.ftoid());
    versions.add(other.catalog().version());
    session.catalog().createSchema("s");
    versions.add(other.catalog().version());

    assertThat(versions).doesNotHaveDuplicates();
    session.catalog().read();
    refused(ErrorCode.DUPLICATE_SCHEMA, () -> session.catalog().createSchema("s"));
    assertThat(other.catalog().version()).isEqualTo(versions.get(5));
  }

  @Test
  void doesNotMeetTheVersionOfATransactionThatWasRolledBack() {
    session.begin();
    session.catalog().createSchema("gone");
    final long rolledBack = session.catalog().version();
    session.rollback();
    session.catalog().createSchema("kept");

    assertThat(session.catalog().version()).isNotEqualTo(rolledBack);
  }

  @Test
  void givesANameToOneOfTwoThatCreateItAtTheSameTime() throws Exception {
    session.catalog().createServer(server("k"));
    for (int round = 0; round < 5; round++) {
      String name = "t" + round;
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<Object>> results = new ArrayList<>();
      for (StoreSession each : List.of(session, other)) {
        results.add(
            inBackground(
                () -> {
                  start.await();
                  try {
                    return newTable(each, name).ftoid();
                  } catch (KadbException e) {
                    return e.code();
                  }
                }));
      }

      Object first = results.get(0).get(20, TimeUnit.SECONDS);
      Object second = results.get(1).get(20, TimeUnit.SECONDS);

      assertThat(List.of(first, second)).contains(ErrorCode.DUPLICATE_TABLE);
      ForeignTable winner =
          session.catalog().read().table(new TableName("public", name)).orElseThrow();
      assertThat(List.of(first, second)).contains(winner.ftoid());
    }
  }

  @Test
  void refusesAServerTwiceWithItsNameInTheText() {
    session.catalog().createServer(server("x".repeat(500)));

    KadbException error =
        refused(
            ErrorCode.DUPLICATE_OBJECT,
            () -> session.catalog().createServer(server("x".repeat(500))));

    assertThat(error.getMessage()).contains("x".repeat(64)).doesNotContain("x".repeat(65));
  }

  @Test
  void keepsASecretOutOfErrorsAboutDamagedDefinitions() {
    KadbException error =
        refused(
            ErrorCode.STORE_FAILED,
            () -> DefinitionsJson.readOptions("{\"#sasl.password\":\"geheim\" \"x\""));

    assertThat(error.toString()).doesNotContain("geheim");
    assertThat(error).hasNoCause();
  }

  private static ForeignTable named(ForeignTable table, String schema, String name) {
    return new ForeignTable(
        table.ftoid(),
        new TableName(schema, name),
        table.server(),
        table.columns(),
        table.options());
  }
}
