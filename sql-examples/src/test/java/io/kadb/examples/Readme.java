package io.kadb.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the README, or another page, tells its readers to type.
 *
 * @param blocks its blocks of code in their order
 */
record Readme(List<Block> blocks) {
  private static final Pattern FENCED = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

  /**
   * A block of code.
   *
   * @param language what stands behind the fence, for example {@code sql}
   * @param text the lines between the fences
   */
  record Block(String language, String text) {}

  static Readme read() throws IOException {
    return read("README.md");
  }

  /** Reads a page by its path in the project. */
  static Readme read(String page) throws IOException {
    Matcher block = FENCED.matcher(Files.readString(Repository.root().resolve(page)));
    List<Block> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2)));
    }
    return new Readme(List.copyOf(blocks));
  }

  /** Returns the texts of the blocks of one language; at least one. */
  List<String> texts(String language) {
    List<String> texts =
        blocks.stream().filter(b -> b.language().equals(language)).map(Block::text).toList();
    if (texts.isEmpty()) {
      throw new AssertionError("there is no block of " + language);
    }
    return texts;
  }
}
