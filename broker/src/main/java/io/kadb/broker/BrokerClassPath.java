package io.kadb.broker;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * The class path of the child: the folder {@code broker-lib} with Kafka's jars, and this module.
 * Kafka's jars come first, so that the broker gets the client classes of its own version even if
 * this module is packed together with others.
 */
final class BrokerClassPath {
  static final String PROPERTY = "kadb.broker.lib";
  static final String FOLDER = "broker-lib";
  private static final String MAIN_CLASS_FILE = "BrokerMain.class";

  private BrokerClassPath() {}

  static String find() {
    Path module = module();
    return library(module).resolve("*") + File.pathSeparator + module;
  }

  private static Path library(Path module) {
    String told = System.getProperty(PROPERTY);
    Path folder = told == null ? module.resolveSibling(FOLDER) : Path.of(told);
    if (!Files.isDirectory(folder)) {
      throw new BrokerException(
          "the broker's jars: found no folder "
              + folder.toAbsolutePath()
              + " (build the module broker, or name the folder with -D"
              + PROPERTY
              + "=...)");
    }
    return folder.toAbsolutePath();
  }

  /** The folder or jar that holds {@link BrokerMain}, which is not loaded here: it needs Kafka. */
  private static Path module() {
    URL main = BrokerClassPath.class.getResource(MAIN_CLASS_FILE);
    if (main == null) {
      throw new BrokerException(
          "found no " + MAIN_CLASS_FILE + " on the class path (is the module broker built?)");
    }
    try {
      if (main.getProtocol().equals("file")) {
        Path folder = Path.of(main.toURI()).getParent();
        for (String ignored : BrokerClassPath.class.getPackageName().split("\\.")) {
          folder = folder.getParent();
        }
        return folder;
      }
      CodeSource source = BrokerClassPath.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new BrokerException("the place of " + MAIN_CLASS_FILE + ": found " + main, e);
    }
  }
}
