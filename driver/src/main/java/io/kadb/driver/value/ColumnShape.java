package io.kadb.driver.value;

import org.jspecify.annotations.Nullable;

/** What is known of a column of a result, or of a parameter. Immutable. */
public final class ColumnShape {
  /** What the server writes before type, name and class of a column's own type. */
  private static final String TAG = "kadb:";

  private final Names names;
  private final TypeShape type;
  private final Size size;
  private final int nullable;
  private final Kind kind;

  /**
   * A column.
   *
   * @param nullable as {@link java.sql.ResultSetMetaData#isNullable} has it
   */
  public ColumnShape(Names names, TypeShape type, Size size, int nullable) {
    this.names = names;
    this.type = type;
    this.size = size;
    this.nullable = nullable;
    this.kind = Kind.of(type.name, type.code);
  }

  /** What a column is called. */
  public static final class Names {
    final String label;
    final String name;
    final String schema;
    final String table;

    public Names(String label, String name, String schema, String table) {
      this.label = label;
      this.name = name;
      this.schema = schema;
      this.table = table;
    }
  }

  /** A type: its code in {@link java.sql.Types}, its name, the class of its values. */
  public static final class TypeShape {
    final int code;
    final String name;
    final String className;
    final boolean signed;
    final boolean caseSensitive;

    public TypeShape(
        int code, String name, String className, boolean signed, boolean caseSensitive) {
      this.code = code;
      this.name = name;
      this.className = className;
      this.signed = signed;
      this.caseSensitive = caseSensitive;
    }

    /**
     * Returns the type that the server says the values are of, which is another than the one they
     * travel as; this one if it says none.
     *
     * @param tag {@code kadb:<code>:<name>:<class>}, or anything else
     */
    public TypeShape original(@Nullable String tag) {
      if (tag == null || !tag.startsWith(TAG)) {
        return this;
      }
      int afterCode = tag.indexOf(':', TAG.length());
      int beforeClass = tag.lastIndexOf(':');
      if (afterCode < 0 || beforeClass <= afterCode) {
        return this;
      }
      try {
        return new TypeShape(
            Integer.parseInt(tag.substring(TAG.length(), afterCode)),
            tag.substring(afterCode + 1, beforeClass),
            tag.substring(beforeClass + 1),
            signed,
            caseSensitive);
      } catch (NumberFormatException e) {
        return this;
      }
    }
  }

  /** The measures of a type. */
  public static final class Size {
    final int precision;
    final int scale;
    final int display;

    public Size(int precision, int scale, int display) {
      this.precision = precision;
      this.scale = scale;
      this.display = display;
    }
  }

  public Kind kind() {
    return kind;
  }

  public String label() {
    return names.label;
  }

  public String name() {
    return names.name;
  }

  public String schema() {
    return names.schema;
  }

  public String table() {
    return names.table;
  }

  public int typeCode() {
    return type.code;
  }

  public String typeName() {
    return type.name;
  }

  public String className() {
    return type.className;
  }

  public boolean signed() {
    return type.signed;
  }

  public boolean caseSensitive() {
    return type.caseSensitive;
  }

  public int precision() {
    return size.precision;
  }

  public int scale() {
    return size.scale;
  }

  public int displaySize() {
    return size.display;
  }

  /** Returns whether it may be null, as {@link java.sql.ResultSetMetaData#isNullable} has it. */
  public int nullable() {
    return nullable;
  }
}
