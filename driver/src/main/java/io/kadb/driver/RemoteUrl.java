package io.kadb.driver;

import io.kadb.driver.wire.Endpoint;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of {@code jdbc:kadb://host[:port][,host2[:port2]...][/schema][?name=value[&...]]}.
 * Names and values may be percent-encoded; {@code ;} separates properties as well as {@code ?} and
 * {@code &}. Of a property given twice the last one counts. Immutable.
 */
public final class RemoteUrl {
  /** What every URL of this driver begins with. */
  public static final String PREFIX = "jdbc:kadb://";

  /** The port of a host that names none. */
  public static final int DEFAULT_PORT = 8765;

  private final List<Endpoint> endpoints;
  private final String schema;
  private final Map<String, String> properties;

  private RemoteUrl(List<Endpoint> endpoints, String schema, Map<String, String> properties) {
    this.endpoints = Collections.unmodifiableList(endpoints);
    this.schema = schema;
    this.properties = Collections.unmodifiableMap(properties);
  }

  /** Parses a URL; SQLState 08001, with what was found and wanted, if it is malformed. */
  public static RemoteUrl parse(String url) throws SQLException {
    if (!url.startsWith(PREFIX)) {
      throw malformed("found no " + PREFIX + " at its beginning");
    }
    String rest = url.substring(PREFIX.length());
    int query = firstOf(rest, "?;");
    String place = rest.substring(0, query);
    int slash = firstOf(place, "/");
    String schema = slash < place.length() ? decode(place.substring(slash + 1)) : "";
    return new RemoteUrl(
        endpoints(place.substring(0, slash)), schema, properties(rest.substring(query)));
  }

  /** The servers in the order of the URL; at least one. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The schema, if the URL names one. */
  public Optional<String> schema() {
    return schema.isEmpty() ? Optional.empty() : Optional.of(schema);
  }

  /** The properties in the order of the URL. */
  public Map<String, String> properties() {
    return properties;
  }

  private static List<Endpoint> endpoints(String text) throws SQLException {
    List<Endpoint> found = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      found.add(endpoint(part.trim()));
    }
    return found;
  }

  private static Endpoint endpoint(String text) throws SQLException {
    int colon = text.lastIndexOf(':');
    boolean address = text.startsWith("[");
    int bracket = text.indexOf(']');
    if (address && bracket < 0) {
      throw malformed("found \"" + text + "\", wanted a ] after the address");
    }
    boolean hasPort = colon > bracket;
    String host = hasPort ? text.substring(0, colon) : text;
    try {
      return new Endpoint(
          address ? host.substring(1, bracket) : host,
          hasPort ? Integer.parseInt(text.substring(colon + 1)) : DEFAULT_PORT);
    } catch (NumberFormatException e) {
      throw malformed("port: found \"" + text.substring(colon + 1) + "\", wanted 1 to 65535");
    } catch (IllegalArgumentException e) {
      throw malformed(e.getMessage());
    }
  }

  private static Map<String, String> properties(String text) throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String pair : text.split("[?;&]")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        // The value could be a secret that lost its name: it is not repeated.
        throw malformed("found a property without a name or =, wanted name=value");
      }
      found.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return found;
  }

  private static String decode(String text) throws SQLException {
    try {
      // In a query + means a blank only in forms of web pages.
      return URLDecoder.decode(text.replace("+", "%2B"), "UTF-8");
    } catch (UnsupportedEncodingException | IllegalArgumentException e) {
      throw malformed("found a % that is not followed by two hexadecimal digits");
    }
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static SQLException malformed(String what) {
    return new SQLNonTransientConnectionException(
        "malformed URL: " + what + " (hint: " + PREFIX + "host:port/schema?name=value)", "08001");
  }
}
