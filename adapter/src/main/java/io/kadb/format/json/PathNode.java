package io.kadb.format.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document that is wanted or has wanted places below it. Paths with the same beginning
 * share the places of it, so that one pass over the document finds all. Used by one thread.
 */
final class PathNode {
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** The columns that take the value at this place. */
  final int[] columns;

  /** Whether anything below this place is wanted. */
  final boolean inner;

  private final PathNode[] children;

  /** The children that can be elements of an array, in the order of their indexes. */
  private final PathNode[] elements;

  /** The children by {@link #slot}, each the first of a chain. */
  private final @Nullable PathNode[] table;

  /** A bit for each length that a child's name has, the last one for all that are longer. */
  private final long lengths;

  private final byte[] name;

  /** Whether the name can stand in a document without escapes. */
  private final boolean plain;

  private final int index;
  private @Nullable PathNode nextInChain;

  /** The child that comes next if members keep the order they had. */
  private @Nullable PathNode expected;

  /** The child of the same parent after this one; after the last one the first. */
  private @Nullable PathNode next;

  private PathNode(String name, Tree tree) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
    this.plain = name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\');
    this.index = INDEX.matcher(name).matches() ? Integer.parseInt(name) : -1;
    this.columns = tree.columns.stream().mapToInt(Integer::intValue).toArray();
    List<PathNode> below = new ArrayList<>();
    for (Map.Entry<String, Tree> child : tree.children.entrySet()) {
      below.add(new PathNode(child.getKey(), child.getValue()));
    }
    this.children = below.toArray(PathNode[]::new);
    this.inner = children.length > 0;
    this.expected = inner ? children[0] : null;
    for (int i = 0; i < children.length; i++) {
      children[i].next = children[(i + 1) % children.length];
    }
    this.elements =
        Arrays.stream(children)
            .filter(child -> child.index >= 0)
            .sorted(Comparator.comparingInt(child -> child.index))
            .toArray(PathNode[]::new);
    this.table = new PathNode[Math.max(1, Integer.highestOneBit(2 * children.length))];
    long anyLength = 0;
    for (PathNode child : children) {
      anyLength |= 1L << Math.min(child.name.length, Long.SIZE - 1);
      int slot = slot(child.name, 0, child.name.length);
      child.nextInChain = table[slot];
      table[slot] = child;
    }
    this.lengths = anyLength;
  }

  /** The places while paths are being added. */
  private static final class Tree {
    private final List<Integer> columns = new ArrayList<>();
    private final Map<String, Tree> children = new LinkedHashMap<>();
  }

  /** Returns the root of a document where columns want these places, by their number from 0. */
  static PathNode root(List<JsonPointer> places) {
    Tree root = new Tree();
    for (int column = 0; column < places.size(); column++) {
      Tree place = root;
      for (String token : places.get(column).tokens()) {
        place = place.children.computeIfAbsent(token, t -> new Tree());
      }
      place.columns.add(column);
    }
    return new PathNode("", root);
  }

  /** Forgets what was found here and below. */
  void clear(FoundValues found) {
    for (int column : columns) {
      found.clear(column);
    }
    for (PathNode child : children) {
      child.clear(found);
    }
  }

  /**
   * Returns the child whose name, and the quote that ends it, stand at a place of the document, if
   * it is the one that came at this point the last time.
   */
  @Nullable PathNode expectedAt(byte[] bytes, int at) {
    PathNode child = expected;
    if (child == null || !child.plain || child.name.length >= bytes.length - at) {
      return null;
    }
    byte[] wanted = child.name;
    // Names are short: a call that compares more at a time takes longer.
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return null;
      }
    }
    if (bytes[at + wanted.length] != '"') {
      return null;
    }
    expected = child.next;
    return child;
  }

  int nameLength() {
    return name.length;
  }

  /** Returns the child with the name in bytes {@code [from, to)}, if there is one. */
  @Nullable PathNode child(byte[] bytes, int from, int to) {
    if ((lengths >> Math.min(to - from, Long.SIZE - 1) & 1) == 0) {
      return null;
    }
    PathNode child = table[slot(bytes, from, to)];
    while (child != null && !Arrays.equals(bytes, from, to, child.name, 0, child.name.length)) {
      child = child.nextInChain;
    }
    if (child != null) {
      expected = child.next;
    }
    return child;
  }

  /** Returns how many children can be elements of an array. */
  int elementCount() {
    return elements.length;
  }

  /** Returns a child that can be an element, counted in the order of their indexes. */
  PathNode element(int place) {
    return elements[place];
  }

  int index() {
    return index;
  }

  private int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    int mixed = length == 0 ? 0 : length * 31 + bytes[from] * 7 + bytes[to - 1];
    return mixed & table.length - 1;
  }
}
