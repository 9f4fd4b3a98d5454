package io.kadb.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code kadb --version} prints: kadb's version, written by the build, and Java's. */
public final class VersionText implements IVersionProvider {
  private static final String RESOURCE = "/io/kadb/server/version.properties";

  /** Called by picocli. */
  public VersionText() {}

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "kadb " + version(), "Java " + System.getProperty("java.version"),
    };
  }

  static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = VersionText.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        return "(unknown version)";
      }
      properties.load(in);
    }
    return properties.getProperty("version", "(unknown version)");
  }
}
