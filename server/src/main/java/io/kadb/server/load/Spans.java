package io.kadb.server.load;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times on the command line: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}. */
final class Spans implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d)");

  Spans() {}

  @Override
  public Duration convert(String text) {
    Matcher span = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!span.matches()) {
      throw new TypeConversionException("wanted a time such as 30s, 10m or 2h, found " + text);
    }
    long number = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
