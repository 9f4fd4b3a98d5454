package io.kadb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows the life of the child from its start to its end, good or bad. */
class BrokerProcessIT {

  @Test
  void leavesNeitherProcessNorFilesWhenItIsClosed() {
    BrokerProcess broker = BrokerProcess.start(BrokerSpec.small());
    ProcessHandle child = onlyChild();
    assertThat(broker.isRunning()).isTrue();
    assertThat(broker.directory()).isDirectory();

    broker.close();

    assertThat(broker.isRunning()).isFalse();
    assertThat(child.isAlive()).isFalse();
    assertThat(broker.directory()).doesNotExist();
  }

  @Test
  void findsItsAddressAndClusterAgainInADirectoryThatStays(@TempDir Path directory)
      throws IOException {
    String address;
    String clusterId;
    try (BrokerProcess first = BrokerProcess.startIn(directory, BrokerSpec.small())) {
      address = first.bootstrapServers();
      clusterId = first.clusterId();
      first.stop();
      assertThat(first.isRunning()).isFalse();
    }
    try (BrokerProcess second = BrokerProcess.startIn(directory, BrokerSpec.small())) {
      assertThat(second.bootstrapServers()).isEqualTo(address);
      assertThat(second.clusterId()).isEqualTo(clusterId);
      connect(address);
    }
    assertThat(directory.resolve("broker.log")).exists();
  }

  @Test
  void refusesADirectoryOfAnotherCluster(@TempDir Path directory) throws IOException {
    String clusterId;
    try (BrokerProcess other = BrokerProcess.startIn(directory, BrokerSpec.small())) {
      clusterId = other.clusterId();
    }
    Files.delete(directory.resolve("broker.properties"));

    assertThatThrownBy(() -> BrokerProcess.startIn(directory, BrokerSpec.small()))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("found \"READY 127.0.0.1:")
        .hasMessageContaining(clusterId);
  }

  @Test
  void saysTheEndOfItsLogWhenASettingIsWrong() {
    BrokerSpec wrong = BrokerSpec.small().with("num.io.threads", "many");

    assertThatThrownBy(() -> BrokerProcess.start(wrong))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("the broker did not start")
        .hasMessageContaining("num.io.threads");
  }

  @Test
  void failsSoonWhenItsPortIsTaken(@TempDir Path directory) throws IOException {
    try (ServerSocket stranger = new ServerSocket()) {
      stranger.bind(new InetSocketAddress("127.0.0.1", 0));
      Files.writeString(
          directory.resolve("broker.properties"), "kadb.client.port=" + stranger.getLocalPort());
      // A start that hung would be cut off by its deadline and say so.
      BrokerSpec spec = BrokerSpec.small().withStartDeadline(Duration.ofMinutes(2));

      assertThatThrownBy(() -> BrokerProcess.startIn(directory, spec))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("found \"end of process\"")
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void endsAStartThatTakesTooLong() {
    BrokerSpec hasty = BrokerSpec.small().withStartDeadline(Duration.ofMillis(1));

    assertThatThrownBy(() -> BrokerProcess.start(hasty))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("found \"no answer\"");
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void refusesSignalsWhileNothingRuns() {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small())) {
      broker.kill();

      assertThatThrownBy(broker::kill).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(broker::pause).isInstanceOf(IllegalStateException.class);
      broker.start();
      assertThatThrownBy(broker::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void stopsInGoodOrderEvenWhenItIsPaused() {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small())) {
      broker.pause();

      broker.stop();

      // Kafka leaves this file only when it was shut down in good order.
      assertThat(broker.directory().resolve("data/.kafka_cleanshutdown")).exists();
    }
  }

  @Test
  void staysWhenTheTerminalInterruptsEveryone() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(BrokerSpec.small())) {
      ProcessHandle child = onlyChild();
      String interrupt = "kill -INT " + child.pid();
      assertThat(new ProcessBuilder("sh", "-c", interrupt).start().waitFor()).isZero();

      connect(broker.bootstrapServers());
      broker.stop();

      // A JVM that heard the signal ends sooner than a broker shuts down, and leaves no such file.
      assertThat(broker.directory().resolve("data/.kafka_cleanshutdown")).exists();
    }
  }

  @Test
  void endsWithTheProcessThatStartedIt() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String pid;
    Path directory;
    try (var answers = parent.inputReader()) {
      pid = answers.readLine();
      directory = Path.of(answers.readLine());
    }
    assertThat(directory).isDirectory();

    // No handle means that the process is gone already.
    var child = ProcessHandle.of(Long.parseLong(pid));
    if (child.isPresent()) {
      child.get().onExit().get(30, TimeUnit.SECONDS);
    }

    assertThat(child.filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(directory.resolve("data/.kafka_cleanshutdown")).exists();
    BrokerHome.delete(directory);
  }

  /**
   * A program that starts a broker, says its process id and place, and dies without cleaning up.
   */
  static final class DyingParent {
    public static void main(String[] args) {
      BrokerProcess broker = BrokerProcess.start(BrokerSpec.small());
      System.out.println(onlyChild().pid());
      System.out.println(broker.directory());
      System.out.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  private static ProcessHandle onlyChild() {
    return ProcessHandle.current().children().findFirst().orElseThrow();
  }

  private static void connect(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }
  }
}
