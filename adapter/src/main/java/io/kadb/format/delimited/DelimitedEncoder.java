package io.kadb.format.delimited;

import io.kadb.format.Encoder;
import io.kadb.format.RowShape.ValueColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one row of fields, which {@link DelimitedDecoder} with the same options reads. What needs
 * quotes or escapes that the options do not give comes back as something else.
 */
public final class DelimitedEncoder implements Encoder {
  private final DelimitedOptions options;
  private final FieldMarks marks;
  private final String rowEnd;

  /** The characters with which a mark can begin, end or go on. */
  private final String special;

  private final String header;

  /** Creates an encoder. */
  public DelimitedEncoder(List<ValueColumn> columns, DelimitedOptions options) {
    this.options = options;
    this.marks = options.marks();
    this.rowEnd = marks.rowEnd().orElse("\n");
    this.special =
        marks.delimiter()
            + rowEnd
            + (marks.rowEnd().isPresent() ? "" : "\r")
            + marks.quote().map(String::valueOf).orElse("")
            + marks.escape().map(String::valueOf).orElse("");
    this.header =
        options.ignoresHeader()
            ? row(columns.stream().map(ValueColumn::name).toArray(String[]::new)) + rowEnd
            : "";
  }

  @Override
  public byte[] encode(@Nullable String[] texts) {
    String row = row(texts);
    // A row of one empty field needs an end to be one.
    return (header + (row.isEmpty() ? rowEnd : row)).getBytes(StandardCharsets.UTF_8);
  }

  private String row(@Nullable String[] texts) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        row.append(marks.delimiter());
      }
      String text = texts[i];
      row.append(text == null ? options.nullText() : field(text));
    }
    return row.toString();
  }

  private String field(String text) {
    boolean plain =
        !text.equals(options.nullText()) && text.chars().allMatch(c -> special.indexOf(c) < 0);
    if (plain) {
      return text;
    } else if (marks.quote().isPresent()) {
      return quoted(text, marks.quote().get(), marks.escape().orElse(marks.quote().get()));
    }
    return marks.escape().isPresent() ? escaped(text, marks.escape().get()) : text;
  }

  private static String quoted(String text, char quote, char escape) {
    StringBuilder field = new StringBuilder().append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote || c == escape) {
        field.append(escape);
      }
      field.append(c);
    }
    return field.append(quote).toString();
  }

  private String escaped(String text, char escape) {
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int length =
          text.startsWith(marks.delimiter(), i)
              ? marks.delimiter().length()
              : text.startsWith(rowEnd, i) ? rowEnd.length() : 1;
      if (length > 1 || special.indexOf(text.charAt(i)) >= 0) {
        field.append(escape);
      }
      field.append(text, i, i + length);
      i += length;
    }
    return field.toString();
  }
}
