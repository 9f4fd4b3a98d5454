package io.kadb.server.load;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Bytes of a message for people and programs. */
final class RejectedBytes {
  private static final HexFormat HEX = HexFormat.of();
  private static final String HEX_MARK = "\\x";
  private static final int DUMP_WIDTH = 16;

  private RejectedBytes() {}

  /** Returns the text that the bytes are in UTF-8, if they are one. */
  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the bytes as a text from which they can be told again: UTF-8 as it is, anything else,
   * and what begins like it, as PostgreSQL writes bytea: {@code \x0aff}.
   */
  static String unambiguous(byte[] bytes) {
    return text(bytes)
        .filter(text -> !text.startsWith(HEX_MARK) && text.indexOf(0) < 0)
        .orElseGet(() -> HEX_MARK + HEX.formatHex(bytes));
  }

  /** Returns lines with position, bytes and characters. */
  static List<String> dump(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += DUMP_WIDTH) {
      int end = Math.min(at + DUMP_WIDTH, bytes.length);
      StringBuilder characters = new StringBuilder();
      for (int i = at; i < end; i++) {
        characters.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
      }
      String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, at, end);
      lines.add("%08x  %-47s  %s".formatted(at, hex, characters));
    }
    return lines;
  }
}
