package io.kadb.jdbc;

/** What the driver says of itself. */
final class Product {
  static final String NAME = "kadb";
  static final int MAJOR = 0;
  static final int MINOR = 1;

  private Product() {}

  /** Returns the version: the jar's where there is one. */
  static String version() {
    String version = Product.class.getPackage().getImplementationVersion();
    return version == null ? MAJOR + "." + MINOR : version;
  }
}
