package io.kadb.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in a JVM of its own, seen from the one who started it. It keeps data, port and
 * cluster id from one start to the next, and it never outlives this JVM. Ctrl-C at the terminal
 * does not end it; the end of this JVM does. Safe for use by several threads.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration END_DEADLINE = Duration.ofSeconds(20);
  private static final int PORT_ATTEMPTS = 3;

  private final BrokerSpec spec;
  private final BrokerHome home;
  private final boolean temporary;
  private final Thread endOfJvm = new Thread(this::endWithJvm, "kadb-broker-end");
  private volatile @Nullable Process child;
  private boolean paused;

  private BrokerProcess(BrokerSpec spec, BrokerHome home, boolean temporary) {
    this.spec = spec;
    this.home = home;
    this.temporary = temporary;
    Runtime.getRuntime().addShutdownHook(endOfJvm);
  }

  /** Starts a new broker in a temporary directory, which {@link #close} deletes. */
  public static BrokerProcess start(BrokerSpec spec) {
    try {
      return start(Files.createTempDirectory("kadb-broker-"), spec, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the broker of this directory, or a new one if it is empty; the directory stays. */
  public static BrokerProcess startIn(Path directory, BrokerSpec spec) {
    return start(directory, spec, false);
  }

  private static BrokerProcess start(Path directory, BrokerSpec spec, boolean temporary) {
    for (int attempt = 1; ; attempt++) {
      BrokerProcess broker = new BrokerProcess(spec, BrokerHome.open(directory, spec), temporary);
      try {
        broker.start();
        return broker;
      } catch (RuntimeException e) {
        // Between finding a port free and binding it another process may have taken it.
        boolean again = temporary && attempt < PORT_ATTEMPTS && broker.home.lostItsPort();
        broker.close();
        if (!again) {
          throw e;
        }
      }
    }
  }

  /** Where clients of the listener {@code CLIENT} connect, {@code host:port}. */
  public String bootstrapServers() {
    return home.bootstrapServers();
  }

  /**
   * The port a proxy forwards to; only for a {@linkplain BrokerSpec#withProxiedPort proxied} one.
   */
  public int proxiedPort() {
    if (spec.proxiedPort().isEmpty()) {
      throw new IllegalStateException("the broker was started without a proxied port");
    }
    return home.proxiedPort();
  }

  /** The id of the cluster whose only broker this is. */
  public String clusterId() {
    return home.clusterId();
  }

  /** Settings, data and log of the broker. */
  public Path directory() {
    return home.directory();
  }

  /** Whether there is a child, be it paused or not. */
  public synchronized boolean isRunning() {
    Process running = child;
    return running != null && running.isAlive();
  }

  /** Starts the child, on the same data and port as before, and waits until clients may come. */
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException("the broker runs already, process " + process().pid());
    }
    long began = System.nanoTime();
    Process started = launch();
    child = started;
    paused = false;
    String ready = awaitReady(started);
    String wanted = "READY " + home.bootstrapServers() + " " + home.clusterId();
    if (!ready.equals(wanted)) {
      end(started);
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      throw new BrokerException(
          "the broker did not start: found \""
              + ready
              + "\", wanted \""
              + wanted
              + "\" after "
              + waited.toMillis()
              + " ms; its log ends with\n"
              + home.lastLogLines());
    }
  }

  /** Ends the child at once (SIGKILL), as if its machine had lost power; the data stay. */
  public synchronized void kill() {
    end(process());
    child = null;
  }

  /** Ends the child in good order; a paused one is resumed first. */
  public synchronized void stop() {
    Process running = process();
    if (paused) {
      resume();
    }
    try {
      running.getOutputStream().close();
      if (!running.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        end(running);
        throw new BrokerException(
            "the broker did not stop within "
                + END_DEADLINE.toSeconds()
                + " s and was killed; its log ends with\n"
                + home.lastLogLines());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while the broker stopped", e);
    } finally {
      child = null;
    }
  }

  /** Freezes the child (SIGSTOP): its connections stay open and nobody answers. */
  public synchronized void pause() {
    signal("STOP");
    paused = true;
  }

  /** Lets a paused child go on (SIGCONT). */
  public synchronized void resume() {
    signal("CONT");
    paused = false;
  }

  /** Ends the child, if there is one, and deletes a temporary directory. */
  @Override
  public synchronized void close() {
    Process running = child;
    if (running != null) {
      end(running);
      child = null;
    }
    if (temporary) {
      BrokerHome.delete(home.directory());
    }
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already and finds nothing to do.
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>(deafToInterrupts());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.awt.headless=true");
    command.add("-Dlog4j2.configurationFile=classpath:io/kadb/broker/log4j2-broker.xml");
    command.addAll(spec.security().jvmOptions());
    command.addAll(spec.jvmOptions());
    command.add("-cp");
    command.add(BrokerClassPath.find());
    // By name: the class itself needs Kafka, which is not on this side's class path.
    command.add(BrokerProcess.class.getPackageName() + ".BrokerMain");
    command.add(home.settingsFile().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(home.directory().toFile());
    builder.redirectError(Redirect.appendTo(home.logFile().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new BrokerException("the broker's JVM did not start: " + command.get(0), e);
    }
  }

  /**
   * What stands before the command of a child that is not to end with Ctrl-C. A terminal sends
   * SIGINT to the child as well as to us, and a JVM leaves it alone if it was started with the
   * signal ignored. The shell becomes the JVM: there is no process in between.
   */
  private static List<String> deafToInterrupts() {
    return File.separatorChar == '\\'
        ? List.of()
        : List.of("sh", "-c", "trap '' INT; exec \"$@\"", "kadb-broker");
  }

  /** The child's first line, or what came instead of it. */
  private String awaitReady(Process started) {
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread reader = new Thread(() -> line.complete(firstLine(started)), "kadb-broker-ready");
    reader.setDaemon(true);
    reader.start();
    try {
      return line.get(spec.startDeadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "no answer";
    } catch (InterruptedException e) {
      end(started);
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while the broker started", e);
    } catch (ExecutionException e) {
      throw new BrokerException("the broker's answer was not readable", e.getCause());
    }
  }

  private static String firstLine(Process started) {
    try {
      String line =
          new BufferedReader(
                  new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "end of process" : line;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process process() {
    Process running = child;
    if (running == null) {
      throw new IllegalStateException("the broker does not run");
    }
    return running;
  }

  private void signal(String name) {
    Process running = process();
    // The shell's own kill: a program of that name is not on every machine.
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", "kill -" + name + " " + running.pid());
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(home.logFile().toFile()));
    try {
      int code = builder.start().waitFor();
      if (code != 0) {
        throw new BrokerException("kill -" + name + " " + running.pid() + ": exit code " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while the broker got its signal", e);
    }
  }

  /** SIGKILL also ends a paused process. */
  private static void end(Process running) {
    running.destroyForcibly();
    try {
      if (!running.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BrokerException("process " + running.pid() + " is still there after SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while the broker ended", e);
    }
  }

  private void endWithJvm() {
    // Not under the lock: a start that waits for its answer holds it.
    Process running = child;
    if (running != null) {
      running.destroyForcibly();
    }
    close();
  }
}
