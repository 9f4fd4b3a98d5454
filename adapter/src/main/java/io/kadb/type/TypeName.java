package io.kadb.type;

import io.kadb.error.ErrorCode;
import io.kadb.error.KadbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type as a statement writes it: words, perhaps a modifier in parentheses, perhaps more words
 * ({@code timestamp (3) without time zone}).
 */
final class TypeName {
  private static final String WORDS = "[A-Za-z_][A-Za-z_0-9]*+(?:\\s++[A-Za-z_][A-Za-z_0-9]*+)*+";

  /** The form of every type this package knows. */
  private static final Pattern KNOWN_FORM =
      Pattern.compile(
          "(?:pg_catalog\\s*\\.\\s*)?(" + WORDS + ")\\s*(?:\\(([^()]*)\\)\\s*(" + WORDS + ")?)?",
          Pattern.CASE_INSENSITIVE);

  /** The form of a type that only PostgreSQL knows: also quoted, qualified, an array. */
  private static final Pattern OTHER_FORM =
      Pattern.compile(
          "(?:\"(?:[^\"]|\"\")++\"|[\\p{L}_][\\p{L}\\p{N}_$]*+|\\s++|\\.)++"
              + "(?:\\((?:[^()'\"]|'[^']*+'|\"[^\"]*+\")*+\\))?+"
              + "(?:\\s*+[\\p{L}_][\\p{L}\\p{N}_$]*+)*+"
              + "(?:\\s*+\\[\\s*+\\d*+\\s*+\\])*+");

  private static final Map<String, TypeKind> KINDS =
      Map.ofEntries(
          Map.entry("smallint", TypeKind.SMALLINT),
          Map.entry("int2", TypeKind.SMALLINT),
          Map.entry("integer", TypeKind.INTEGER),
          Map.entry("int", TypeKind.INTEGER),
          Map.entry("int4", TypeKind.INTEGER),
          Map.entry("bigint", TypeKind.BIGINT),
          Map.entry("int8", TypeKind.BIGINT),
          Map.entry("real", TypeKind.REAL),
          Map.entry("float4", TypeKind.REAL),
          Map.entry("double precision", TypeKind.DOUBLE),
          Map.entry("double", TypeKind.DOUBLE),
          Map.entry("float8", TypeKind.DOUBLE),
          Map.entry("float", TypeKind.DOUBLE),
          Map.entry("numeric", TypeKind.NUMERIC),
          Map.entry("decimal", TypeKind.NUMERIC),
          Map.entry("dec", TypeKind.NUMERIC),
          Map.entry("boolean", TypeKind.BOOLEAN),
          Map.entry("bool", TypeKind.BOOLEAN),
          Map.entry("text", TypeKind.TEXT),
          Map.entry("varchar", TypeKind.VARCHAR),
          Map.entry("character varying", TypeKind.VARCHAR),
          Map.entry("char varying", TypeKind.VARCHAR),
          Map.entry("national character varying", TypeKind.VARCHAR),
          Map.entry("national char varying", TypeKind.VARCHAR),
          Map.entry("nchar varying", TypeKind.VARCHAR),
          Map.entry("char", TypeKind.CHAR),
          Map.entry("character", TypeKind.CHAR),
          Map.entry("national character", TypeKind.CHAR),
          Map.entry("national char", TypeKind.CHAR),
          Map.entry("nchar", TypeKind.CHAR),
          Map.entry("bpchar", TypeKind.CHAR),
          Map.entry("bytea", TypeKind.BYTEA),
          Map.entry("date", TypeKind.DATE),
          Map.entry("time", TypeKind.TIME),
          Map.entry("time without time zone", TypeKind.TIME),
          Map.entry("timestamp", TypeKind.TIMESTAMP),
          Map.entry("timestamp without time zone", TypeKind.TIMESTAMP),
          Map.entry("timestamptz", TypeKind.TIMESTAMPTZ),
          Map.entry("timestamp with time zone", TypeKind.TIMESTAMPTZ),
          Map.entry("interval", TypeKind.INTERVAL),
          Map.entry("uuid", TypeKind.UUID),
          Map.entry("json", TypeKind.JSON),
          Map.entry("jsonb", TypeKind.JSONB),
          Map.entry("oid", TypeKind.OID));

  /** FLOAT(n) counts binary digits: up to this many it is REAL. */
  private static final int REAL_BITS = 24;

  private static final int DOUBLE_BITS = 53;

  private final String sql;
  private final String words;
  private final List<Integer> modifiers;

  private TypeName(String sql, String words, List<Integer> modifiers) {
    this.sql = sql;
    this.words = words;
    this.modifiers = modifiers;
  }

  /** Returns the names of all types that are known. */
  static Set<String> known() {
    return KINDS.keySet();
  }

  static ColumnType parse(String sql) {
    String text = sql.strip();
    Matcher known = KNOWN_FORM.matcher(text);
    if (known.matches()) {
      String tail = known.group(3) == null ? "" : " " + known.group(3);
      String words = (known.group(1) + tail).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
      TypeKind kind = KINDS.get(words);
      if (kind != null) {
        return new TypeName(text, words, modifiers(text, known.group(2))).type(kind);
      }
    }
    if (text.isEmpty() || !OTHER_FORM.matcher(text).matches()) {
      throw new KadbException(
          ErrorCode.SYNTAX, "found " + KadbException.shown(text) + ", wanted the name of a type");
    }
    return ColumnType.other(text);
  }

  private static List<Integer> modifiers(String sql, @Nullable String inParentheses) {
    List<Integer> modifiers = new ArrayList<>();
    if (inParentheses != null) {
      for (String one : inParentheses.split(",", -1)) {
        try {
          modifiers.add(Integer.parseInt(one.strip()));
        } catch (NumberFormatException e) {
          throw broken(sql, "wanted whole numbers in parentheses");
        }
      }
    }
    return modifiers;
  }

  private ColumnType type(TypeKind kind) {
    if (words.equals("float")) {
      return floatOfBits();
    }
    return switch (kind) {
      case NUMERIC -> numeric();
      case CHAR -> {
        boolean oneCharacter = modifiers.isEmpty() && !words.equals("bpchar");
        yield ColumnType.of(kind, oneCharacter ? OptionalInt.of(1) : atMostOne());
      }
      case VARCHAR, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> ColumnType.of(kind, atMostOne());
      default -> {
        if (!modifiers.isEmpty()) {
          throw broken(sql, words + " takes no modifier");
        }
        yield ColumnType.of(kind);
      }
    };
  }

  private ColumnType numeric() {
    return switch (modifiers.size()) {
      case 0 -> ColumnType.NUMERIC;
      case 1 -> ColumnType.numeric(modifiers.get(0), 0);
      case 2 -> ColumnType.numeric(modifiers.get(0), modifiers.get(1));
      default -> throw broken(sql, "wanted precision and scale");
    };
  }

  private ColumnType floatOfBits() {
    OptionalInt bits = atMostOne();
    if (bits.isPresent() && (bits.getAsInt() < 1 || bits.getAsInt() > DOUBLE_BITS)) {
      throw new KadbException(
          ErrorCode.BAD_PARAMETER,
          "precision of float is " + bits.getAsInt() + ", wanted 1 to " + DOUBLE_BITS);
    }
    return bits.orElse(DOUBLE_BITS) <= REAL_BITS ? ColumnType.REAL : ColumnType.DOUBLE;
  }

  private OptionalInt atMostOne() {
    if (modifiers.size() > 1) {
      throw broken(sql, "wanted one number in parentheses");
    }
    return modifiers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(modifiers.get(0));
  }

  private static KadbException broken(String sql, String why) {
    return new KadbException(
        ErrorCode.SYNTAX, "found type " + KadbException.shown(sql) + ": " + why);
  }
}
