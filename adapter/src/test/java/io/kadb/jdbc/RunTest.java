package io.kadb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadb.sql.RunControl;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class RunTest {
  private final AtomicLong clock = new AtomicLong();
  private final RunControl control = new RunControl(Duration.ofSeconds(10), clock::get);
  private final Run run = new Run(new ReentrantLock(), control, new Warnings());

  private void pass(int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  /** As executing does, which takes three seconds. */
  private Cursor executed() throws SQLException {
    run.enter();
    pass(3);
    run.leave();
    return new Cursor(
        StubRows.counting(5)
            .beforeNext(
                () -> {
                  pass(3);
                  control.check();
                }),
        run,
        0);
  }

  @Test
  void theTimeOfTheClientBetweenRowsIsNotTheStatements() throws SQLException {
    Cursor cursor = executed();
    pass(3600);
    assertThat(cursor.next()).isTrue();
    pass(3600);
    assertThat(cursor.next()).isTrue();
    pass(3600);
    cursor.close();
  }

  @Test
  void theTimesOfAllStepsAreSummed() throws SQLException {
    Cursor cursor = executed();
    assertThat(cursor.next()).isTrue();
    pass(3600);
    assertThat(cursor.next()).isTrue();
    pass(3600);
    assertThatThrownBy(cursor::next)
        .as("twelve seconds of ten")
        .isInstanceOf(SQLTimeoutException.class);
  }
}
