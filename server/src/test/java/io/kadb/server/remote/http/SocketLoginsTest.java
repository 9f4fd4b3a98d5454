package io.kadb.server.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.jetty.util.Attributes;
import org.junit.jupiter.api.Test;

class SocketLoginsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Attributes socket = new Attributes.Mapped();
  private long nanos = Long.MAX_VALUE - 5;
  private final SocketLogins logins = new SocketLogins(Duration.ofMinutes(30), () -> nanos);

  private String begin(String user, Duration lifetime) {
    return logins.begin(socket, user, lifetime).split(";")[0];
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void aSessionEndsAfterTheLongestTime() {
    String cookie = begin("anna", DAY);

    pass(Duration.ofMinutes(30).minusNanos(1));
    assertThat(logins.user(socket, cookie)).contains("anna");
    pass(Duration.ofNanos(1));
    assertThat(logins.user(socket, cookie)).isEmpty();
  }

  @Test
  void aSessionEndsWithItsTicket() {
    assertThat(logins.begin(socket, "anna", Duration.ofSeconds(90))).contains("; Max-Age=90;");
    String cookie = begin("anna", Duration.ofSeconds(90));

    pass(Duration.ofSeconds(89));
    assertThat(logins.user(socket, cookie)).contains("anna");
    pass(Duration.ofSeconds(1));
    assertThat(logins.user(socket, cookie)).isEmpty();
  }

  @Test
  void aSessionIsNotLongerForBeingUsed() {
    String cookie = begin("anna", DAY);
    for (int minute = 0; minute < 29; minute++) {
      pass(Duration.ofMinutes(1));
      assertThat(logins.user(socket, cookie)).contains("anna");
    }
    pass(Duration.ofMinutes(1));
    assertThat(logins.user(socket, cookie)).isEmpty();
  }

  @Test
  void aSessionIsKnownOnItsSocketOnly() {
    String cookie = begin("anna", DAY);

    assertThat(logins.user(new Attributes.Mapped(), cookie)).isEmpty();
    assertThat(logins.user(socket, cookie)).contains("anna");
  }

  @Test
  void findsTheCookieAmongOthers() {
    String cookie = begin("anna", DAY);

    assertThat(logins.user(socket, "a=b; " + SocketLogins.COOKIE + "=x;;=;y; " + cookie + " ;"))
        .contains("anna");
    assertThat(logins.user(socket, "x" + cookie)).isEmpty();
    assertThat(logins.user(socket, SocketLogins.COOKIE + "=")).isEmpty();
    assertThat(logins.user(socket, "")).isEmpty();
  }

  @Test
  void secretsAreNotRepeated() {
    String first = begin("anna", DAY);
    String second = begin("anna", DAY);

    assertThat(second).isNotEqualTo(first).hasSizeGreaterThan(40);
    assertThat(logins.user(socket, first)).isEmpty();
  }
}
