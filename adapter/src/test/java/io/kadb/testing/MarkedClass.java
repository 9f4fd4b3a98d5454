package io.kadb.testing;

import java.lang.annotation.Annotation;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds the class a mark stands on, seen from a test in it or in a class nested in it. */
final class MarkedClass {
  private MarkedClass() {}

  /** The context of the nearest marked class; what its store holds lives as long as that class. */
  static Optional<ExtensionContext> find(
      ExtensionContext context, Class<? extends Annotation> mark) {
    Optional<ExtensionContext> level = Optional.of(context);
    while (level.isPresent()) {
      ExtensionContext here = level.get();
      boolean isClass = here.getTestMethod().isEmpty();
      if (isClass && here.getTestClass().filter(c -> c.isAnnotationPresent(mark)).isPresent()) {
        return level;
      }
      level = here.getParent();
    }
    return Optional.empty();
  }
}
