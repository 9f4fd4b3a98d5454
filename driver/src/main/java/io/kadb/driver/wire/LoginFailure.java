package io.kadb.driver.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A login that cannot be shown, or a server that is not the one it is shown to. */
final class LoginFailure extends IOException {
  private static final long serialVersionUID = 1L;

  LoginFailure(String text, @Nullable Throwable cause) {
    super(text, cause);
  }
}
