package io.kadb.server.cat;

import io.kadb.server.cli.ExitCode;
import io.kadb.server.cli.VersionText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kadb cat}: the next batch of a table on standard output. */
@Command(
    name = "cat",
    description = {
      "Write the next batch of a foreign table to standard output, as COPY reads it.",
      "",
      "Offsets move when the last byte was written and standard output was closed without an error.",
      "What happens to the bytes afterwards cannot be seen from here. Everything but rows goes to",
      "standard error.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK + ":all rows were written, and offsets have moved",
      ExitCode.FAILED + ":something failed; no offset has moved",
      ExitCode.WRONG_USAGE + ":the command line is wrong"
    },
    exitCodeOnExecutionException = ExitCode.FAILED,
    exitCodeOnInvalidInput = ExitCode.WRONG_USAGE,
    footerHeading = "%nIn Greenplum:%n",
    footer = {
      "  CREATE EXTERNAL WEB TABLE orders_ext (id bigint, name text)",
      "  EXECUTE 'kadb cat public.orders --segment $GP_SEGMENT_ID --segments $GP_SEGMENT_COUNT'",
      "  ON ALL FORMAT 'CSV';"
    })
public final class CatCommand implements Callable<Integer> {
  private static final int BUFFER_CHARACTERS = 1 << 16;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "TABLE", arity = "0..1", description = "foreign table")
  private Optional<String> table = Optional.empty();

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      defaultValue = "${env:KADB_URL:-jdbc:kadb:}",
      description = "JDBC URL of kadb, in process (default: $KADB_URL, else jdbc:kadb:)")
  private String url = "jdbc:kadb:";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "topic instead of a table, as one column of text; needs --brokers")
  private Optional<String> topic = Optional.empty();

  @Option(names = "--brokers", paramLabel = "HOST:PORT,…", description = "brokers of --topic")
  private Optional<String> brokers = Optional.empty();

  @Option(
      names = "-X",
      paramLabel = "NAME=VALUE",
      description = "property of the Kafka client; see kadb help produce")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--columns",
      paramLabel = "LIST",
      defaultValue = "*",
      description =
          "columns or expressions of SQL, with commas between them; hidden ones such as _offset,"
              + " too (default: all declared ones)")
  private String columns = "*";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv or text, as COPY has them (default: csv)")
  private RowFormat format = RowFormat.CSV;

  @Option(
      names = "--segment",
      paramLabel = "N",
      description = "which of the readers this is, from 0: each reads partitions of its own")
  private Optional<Integer> segment = Optional.empty();

  @Option(names = "--segments", paramLabel = "N", description = "how many readers there are")
  private Optional<Integer> segments = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description =
          "keep offsets in this consumer group of Kafka instead of the store. A topic without a"
              + " group is read from its beginning each time")
  private Optional<String> group = Optional.empty();

  private final OutputStream out;

  /** Called by picocli. */
  public CatCommand() {
    // Standard output itself: System.out would keep errors to itself.
    this(new FileOutputStream(FileDescriptor.out));
  }

  CatCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    Share share = share();
    String name = name();
    try (Connection connection = DriverManager.getConnection(url, settings())) {
      CatRead read =
          group.isPresent()
              ? GroupRead.of(connection, name, group.get(), share, this::say)
              : StoredRead.of(connection, name, share);
      write(connection, "SELECT " + columns + " FROM " + name + " " + read.where());
      out.close();
      read.commit();
    }
    return ExitCode.OK;
  }

  private void write(Connection connection, String query) throws IOException, SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int count = rows.getMetaData().getColumnCount();
      StringBuilder text = new StringBuilder(BUFFER_CHARACTERS + 1024);
      while (rows.next()) {
        for (int i = 1; i <= count; i++) {
          if (i > 1) {
            text.append(format.delimiter());
          }
          format.value(text, rows.getString(i));
        }
        text.append('\n');
        if (text.length() >= BUFFER_CHARACTERS) {
          flush(text);
        }
      }
      flush(text);
      tell(statement.getWarnings());
    }
  }

  private void flush(StringBuilder text) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  private void tell(@Nullable SQLWarning first) {
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      say(each.getMessage());
    }
  }

  private void say(String text) {
    spec.commandLine().getErr().println("kadb cat: " + text);
  }

  private Share share() {
    if (segment.isPresent() != segments.isPresent()) {
      throw wrong("--segment and --segments go together");
    }
    try {
      return segment.isPresent() ? new Share(segment.get(), segments.orElseThrow()) : Share.ALL;
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private String name() {
    if (table.isPresent() == topic.isPresent()) {
      throw wrong("give either a table or --topic");
    }
    if (topic.isPresent() != brokers.isPresent()) {
      throw wrong("--topic and --brokers go together");
    }
    return table
        .or(() -> topic.map(t -> "topics.\"" + t.replace("\"", "\"\"") + '"'))
        .orElseThrow();
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("k_latency_ms", "10000");
    brokers.ifPresent(value -> settings.setProperty("brokers", value));
    properties.forEach((name, value) -> settings.setProperty("#" + name, value));
    return settings;
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
