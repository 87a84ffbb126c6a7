package io.agentstream.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on loopback that can be held, killed and started again. */
public final class RedisProcess implements AutoCloseable {

  private static final ExecutableProvider BINARY = ExecutableProvider.newJarResourceProvider();

  private final int port;
  private Process process;

  private RedisProcess(int port) {
    this.port = port;
    this.process = launch();
  }

  public static RedisProcess start() {
    return new RedisProcess(freePort());
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** It answers nobody until it is let go on; nothing is lost. */
  public void hold() {
    signal("-STOP");
  }

  public void goOn() {
    signal("-CONT");
  }

  /** Kills it, and with it all that it held. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it again, empty, at the same place. */
  public void startAgain() {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String which) {
    try {
      new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Process launch() {
    try {
      List<String> command =
          List.of(
              BINARY.get().getAbsolutePath(),
              "--port",
              Integer.toString(port),
              "--bind",
              "127.0.0.1",
              "--save",
              "",
              "--appendonly",
              "no");
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader output = started.inputReader(UTF_8);
      String line = output.readLine();
      while (line != null && !line.contains("Ready to accept connections")) {
        line = output.readLine();
      }
      if (line == null) {
        throw new AssertionError("redis-server did not start");
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
