package io.kadb.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * The program of the registry's JVM: runs the jar of a real one, apart from everything on this
 * class path, and ends as soon as the JVM that started it does.
 */
final class RegistryMain {
  private RegistryMain() {}

  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    Thread parent = new Thread(RegistryMain::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    Path jar = Path.of(arguments[0]);
    String main;
    try (JarFile file = new JarFile(jar.toFile())) {
      main = file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
    // The loader lives as long as the program.
    @SuppressWarnings("resource")
    URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    loader.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Whatever it says.
      }
    } catch (IOException e) {
      // It is gone.
    }
    Runtime.getRuntime().halt(0);
  }
}
