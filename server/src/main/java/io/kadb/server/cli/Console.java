package io.kadb.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;

/**
 * sqlline with the manners of psql: what it says of errors and notices, and what {@link ShellWords}
 * and Ctrl-C do at the prompt.
 */
final class Console extends SqlLine {
  /** How sqlline words a warning; it lets nobody else see the warning itself. */
  private static final Pattern WARNING =
      Pattern.compile("Warning: (.*) \\(state=(\\w*),code=-?\\d+\\)", Pattern.DOTALL);

  /** The SQLState of a warning that only informs. */
  private static final String NOTICE = "00000";

  private @Nullable ScriptPlace place;

  /** Says where in a script the next statement begins. */
  void begins(ScriptPlace at) {
    place = at;
  }

  @Override
  public void handleException(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof InvocationTargetException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof SQLException refused) {
      fail(text(refused));
    } else {
      super.handleException(failure);
    }
  }

  private static String text(SQLException refused) {
    String message = refused.getMessage() == null ? refused.toString() : refused.getMessage();
    String state = refused.getSQLState();
    return message.strip() + (state == null ? "" : " (" + state + ")");
  }

  /** Says why the statement failed, and where it stands. */
  void fail(String text) {
    ScriptPlace at = place;
    super.error(at == null ? "ERROR:  " + text : at.locate(text));
  }

  /** Warnings come by here, and what sqlline itself has to say. */
  @Override
  public boolean error(String text) {
    Matcher warning = WARNING.matcher(text);
    return super.error(warning.matches() ? notice(warning.group(2), warning.group(1)) : text);
  }

  /** A warning in the words of psql. */
  private static String notice(@Nullable String state, String text) {
    return (NOTICE.equals(state) ? "NOTICE:  " : "WARNING:  ") + text;
  }

  @Override
  public LineReader getConsoleReader(@Nullable InputStream input, History history)
      throws IOException {
    LineReader reader = super.getConsoleReader(input, history);
    if (reader instanceof LineReaderImpl editor) {
      editor.setParser(new ShellParser(this));
    }
    return prompting(reader);
  }

  /** The reader, but Ctrl-C gives up the line that is being typed and nothing else. */
  static LineReader prompting(LineReader reader) {
    return (LineReader)
        Proxy.newProxyInstance(
            Console.class.getClassLoader(),
            new Class<?>[] {LineReader.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(reader, arguments);
                return method.getName().equals("readLine") && result instanceof String line
                    ? ShellWords.command(line).orElse(line)
                    : result;
              } catch (InvocationTargetException e) {
                if (e.getCause() instanceof UserInterruptException) {
                  return "";
                }
                throw e.getCause();
              }
            });
  }
}
