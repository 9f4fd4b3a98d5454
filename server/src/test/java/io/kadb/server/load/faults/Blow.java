package io.kadb.server.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadb.server.cli.ExitCode;
import io.kadb.testing.SqlClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What may happen to a load. Each is over when it returns, and the load runs or tries again. */
enum Blow {
  WAREHOUSE_RESTARTS {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.postgres.stop("fast");
      load.stage.postgres.start();
    }
  },
  WAREHOUSE_CRASHES {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.postgres.stop("immediate");
      aWhile(random);
      load.stage.postgres.start();
    }
  },
  WAREHOUSE_IS_KILLED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.postgres.kill();
      load.stage.postgres.start();
    }
  },
  SESSION_IS_TERMINATED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      Waits.until(
          () -> signal(load, "pg_terminate_backend", "true") > 0, "there is a session to end");
    }
  },
  STATEMENT_IS_CANCELLED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      Waits.until(
          () -> {
            signal(
                load,
                "pg_cancel_backend",
                "state = 'active' AND query LIKE '%" + load.target + "%'");
            return load.process().said("57014") > 0;
          },
          "a statement is cancelled");
      assertEnds(load, ExitCode.FAILED);
      load.startAgain();
    }
  },
  CONNECTION_IS_CUT {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.door.cut();
    }
  },
  CONNECTION_IS_REFUSED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.door.refuse();
      aWhile(random);
      load.stage.door.restore();
    }
  },
  CONNECTION_IS_SILENT {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.door.stall();
      aWhile(random);
      load.stage.door.restore();
    }
  },
  BROKER_IS_KILLED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      int number = 1 + random.nextInt(2);
      load.stage.brokers.awaitInSync(load.topic);
      load.stage.brokers.broker(number).kill();
      aWhile(random);
      load.stage.brokers.broker(number).start();
    }
  },
  BROKERS_ARE_KILLED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.brokers.awaitInSync(load.topic);
      load.stage.brokers.broker(2).kill();
      load.stage.brokers.broker(1).kill();
      aWhile(random);
      load.stage.brokers.broker(1).start();
      load.stage.brokers.broker(2).start();
    }
  },
  BROKER_IS_PAUSED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      int number = 1 + random.nextInt(2);
      load.stage.brokers.broker(number).pause();
      aWhile(random);
      aWhile(random);
      load.stage.brokers.broker(number).resume();
    }
  },
  LEADERS_MOVE {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.stage.brokers.swapLeaders(load.topic);
    }
  },
  LOAD_IS_KILLED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      load.process().kill();
      load.startAgain();
    }
  },
  LOAD_IS_STOPPED {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      assertThat(load.process().stop()).as(load.process().errors()).isEqualTo(ExitCode.OK);
      load.startAgain();
    }
  },
  /** The warehouse has committed, says so only later, and the load does not hear it. */
  COMMIT_IS_CUT {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) throws SQLException {
      load.stage.postgres.holdCommits();
      load.stage.door.cut();
      aWhile(random);
      load.stage.postgres.releaseCommits();
    }
  },
  /** The commit of the old process is under way while the new one begins. */
  LOAD_IS_KILLED_IN_COMMIT {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) throws SQLException {
      try {
        load.stage.postgres.holdCommits();
        load.process().kill();
        load.startAgain();
        Waits.until(
            () ->
                load.stage.postgres.isSomebodyWaiting("Lock")
                    || load.process().said("another session was faster") > 0,
            "the new process meets the old one");
      } finally {
        load.stage.postgres.releaseCommits();
      }
    }
  },
  DISK_IS_FULL {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) throws SQLException {
      int before = load.process().said("53100");
      load.stage.disk.fill();
      Waits.until(() -> load.process().said("53100") > before, "the disk is full");
      aWhile(random);
      load.stage.disk.empty();
    }
  },
  ROW_IS_THERE_ALREADY {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) throws SQLException {
      // A version that is not sent yet, or the load might have it.
      long version = Way.UNIQUE_AT + (load.stream.sent() / Way.UNIQUE_EVERY + 5) * Way.UNIQUE_EVERY;
      while (MessageStream.isBad(version)) {
        version += Way.UNIQUE_EVERY;
      }
      load.stage.postgres.execute(
          "INSERT INTO " + load.target + " (id, version) VALUES (-1, " + version + ")");
      load.process().awaitWord("23505");
      assertEnds(load, ExitCode.DATA_REFUSED);
      load.stage.postgres.execute("DELETE FROM " + load.target + " WHERE id = -1");
      load.startAgain();
    }
  },
  TOO_MANY_ARE_BAD {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) throws SQLException {
      alter(load, "ADD k_reject_limit '0'");
      load.process().awaitWord("53400");
      assertEnds(load, ExitCode.DATA_REFUSED);
      alter(load, "DROP k_reject_limit");
      load.startAgain();
    }

    private void alter(FaultyLoad load, String change) throws SQLException {
      try (SqlClient sql = load.stage.sql()) {
        sql.update("ALTER FOREIGN TABLE " + load.source + " OPTIONS (" + change + ")");
      }
    }
  },
  OTHERS_MOVE_THE_OFFSETS {
    @Override
    void strike(FaultyLoad load, RandomGenerator random) {
      try (LoadProcess other = LoadProcess.start(load.stage.folder, load.arguments())) {
        Waits.until(
            () ->
                other.said("another session was faster") > 0
                    || load.process().said("another session was faster") > 0,
            "the loads meet");
        aWhile(random);
        assertThat(other.stop()).as(other.errors()).isEqualTo(ExitCode.OK);
      }
    }
  };

  private static final int LONGEST_MS = 3_000;

  /** Does it to a load, and mends what the load cannot mend. */
  abstract void strike(FaultyLoad load, RandomGenerator random) throws SQLException;

  private static void aWhile(RandomGenerator random) {
    Waits.pass(Duration.ofMillis(random.nextInt(LONGEST_MS)));
  }

  /** Calls a function of PostgreSQL for the load's sessions; returns how many there were. */
  private static long signal(FaultyLoad load, String function, String condition)
      throws SQLException {
    return load.stage.postgres.number(
        "SELECT count(%s(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND %s"
            .formatted(function, condition));
  }

  /** The load ends by itself and says why. */
  private static void assertEnds(FaultyLoad load, int exitCode) {
    assertThat(load.process().awaitEnd()).as(load.process().errors()).isEqualTo(exitCode);
    assertThat(load.process().errors()).contains("nothing of the batch is in the target");
  }
}
