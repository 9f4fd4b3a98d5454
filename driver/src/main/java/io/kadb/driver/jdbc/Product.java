package io.kadb.driver.jdbc;

/** What the driver says of itself. */
public final class Product {
  public static final int MAJOR = 0;
  public static final int MINOR = 1;
  static final String NAME = "kadb remote JDBC driver";

  private Product() {}

  /** Returns the version: the jar's where there is one. */
  static String version() {
    Package home = Product.class.getPackage();
    String version = home == null ? null : home.getImplementationVersion();
    return version == null ? MAJOR + "." + MINOR : version;
  }
}
