package io.kadb.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What there is to say about one option; filled in by the list in {@link Option}. */
final class OptionSpec {
  final String name;
  final ValueType valueType;
  final String description;
  final List<String> aliases = new ArrayList<>();
  final Set<String> deprecated = new LinkedHashSet<>();
  Set<Level> levels = EnumSet.of(Level.CONNECTION, Level.SERVER, Level.TABLE);
  @Nullable String defaultText;
  @Nullable String defaultInWords;
  @Nullable String property;
  boolean required;
  boolean secret;

  private OptionSpec(String name, ValueType valueType, String description) {
    this.name = name;
    this.valueType = valueType;
    this.description = description;
  }

  static OptionSpec text(String name, String description) {
    return new OptionSpec(name, new ValueType.Text(1), description);
  }

  static OptionSpec anyText(String name, String description) {
    return new OptionSpec(name, new ValueType.Text(0), description);
  }

  static OptionSpec integer(String name, long min, long max, String description) {
    return new OptionSpec(name, new ValueType.Range(min, max), description);
  }

  static OptionSpec bool(String name, String description) {
    return new OptionSpec(name, new ValueType.Bool(), description);
  }

  static OptionSpec choice(String name, List<String> words, String description) {
    return new OptionSpec(name, new ValueType.Choice(words), description);
  }

  static OptionSpec oneByte(String name, String description) {
    return new OptionSpec(name, new ValueType.OneByte(), description);
  }

  static OptionSpec json(String name, String description) {
    return new OptionSpec(name, new ValueType.Json(), description);
  }

  static OptionSpec matching(String name, Pattern form, String wanted, String description) {
    return new OptionSpec(name, new ValueType.Matching(form, wanted), description);
  }

  /** Another spelling, as good as the name. */
  OptionSpec alias(String other) {
    aliases.add(other);
    return this;
  }

  /** An old name, accepted with a warning. */
  OptionSpec deprecatedAlias(String other) {
    aliases.add(other);
    deprecated.add(other);
    return this;
  }

  OptionSpec defaultsTo(String value) {
    defaultText = value;
    return this;
  }

  /** A default that differs from machine to machine, with the words that describe it. */
  OptionSpec defaultsTo(String value, String inWords) {
    defaultInWords = inWords;
    return defaultsTo(value);
  }

  /** The client property this option is another name of. */
  OptionSpec property(String clientProperty) {
    property = clientProperty;
    return this;
  }

  OptionSpec whenUsed() {
    required = true;
    return this;
  }

  OptionSpec secret() {
    secret = true;
    return this;
  }

  OptionSpec onColumns() {
    levels = EnumSet.of(Level.COLUMN);
    return this;
  }

  Optional<String> property() {
    return Optional.ofNullable(property);
  }

  Set<Level> levels() {
    return Collections.unmodifiableSet(levels);
  }
}
