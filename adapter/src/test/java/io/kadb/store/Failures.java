package io.kadb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadb.error.KadbException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What calls that must fail fail with. */
final class Failures {
  private Failures() {}

  static KadbException of(ThrowingCallable call) {
    KadbException error = catchThrowableOfType(KadbException.class, call);
    assertThat(error).as("the call must fail").isNotNull();
    return error;
  }
}
