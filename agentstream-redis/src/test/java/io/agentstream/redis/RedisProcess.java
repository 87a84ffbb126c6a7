package io.agentstream.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server on loopback that can be held, killed and started again: 6.2, which is the
 * oldest that is supported, or the program that {@code -Dagentstream.redis.server} names.
 */
public final class RedisProcess implements AutoCloseable {

  /** Copied out of its jar once for all tests of a module. */
  private static final String SERVER = server();

  private final int port;

  /** The folder in which its data survives a restart, or null. */
  private final @Nullable Path directory;

  private final List<String> options;
  private Process process;
  private @Nullable RedisClient client;
  private @Nullable RedisCommands<String, String> commands;

  private RedisProcess(int port, @Nullable Path directory, String... options) {
    this.port = port;
    this.directory = directory;
    this.options = List.of(options);
    this.process = launch();
  }

  /** One that holds its data in memory alone. */
  public static RedisProcess start() {
    return new RedisProcess(FreePort.next(), null);
  }

  /** One with an append-only file, so that all it has taken outlives it. */
  public static RedisProcess startDurable() {
    return new RedisProcess(
        FreePort.next(), newDirectory(), "--appendonly", "yes", "--appendfsync", "always");
  }

  /** One that refuses what a Redis Cluster refuses; its slots are yet to be assigned. */
  static RedisProcess startCluster() {
    return new RedisProcess(FreePort.nextOfCluster(), newDirectory(), "--cluster-enabled", "yes");
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("agentstream-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** The test's own commands, always on the same connection. */
  public RedisCommands<String, String> commands() {
    if (commands == null) {
      client = RedisClient.create(url());
      commands = client.connect().sync();
    }
    return commands;
  }

  /** Returns the keys and values under a prefix, to analyse a failed test. */
  public String describe(String prefix) {
    StringBuilder description = new StringBuilder("Redis has:\n");
    for (String key : new TreeSet<>(commands().keys(prefix + ":*"))) {
      description.append(key).append(": ").append(value(key)).append('\n');
    }
    return description.toString();
  }

  private String value(String key) {
    return switch (commands().type(key)) {
      case "hash" -> commands().hmget(key, "node", "epoch", "seq", "state").toString();
      case "set" -> commands().smembers(key).toString();
      case "stream" ->
          commands().xrange(key, Range.unbounded()).stream()
              .map(StreamMessage::getId)
              .toList()
              .toString();
      default -> "expires in " + commands().pttl(key) + " ms";
    };
  }

  /** It answers nobody until it is let go on; nothing is lost. */
  public void hold() {
    signal("-STOP");
  }

  public void goOn() {
    signal("-CONT");
  }

  /** Kills it, and with it all that it held in memory. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it again at the same place, with its data if it is durable, else empty. */
  public void startAgain() {
    process = launch();
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
    kill();
    if (directory != null) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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
          new ArrayList<>(
              List.of(
                  SERVER, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
      command.addAll(options);
      if (directory != null) {
        command.addAll(List.of("--dir", directory.toString()));
      }
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      awaitReady(started.inputReader(UTF_8));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    String line;
    do {
      line = output.readLine();
      if (line == null) {
        throw new AssertionError("redis-server did not start. It said:\n" + said);
      }
      said.append(line).append('\n');
    } while (!line.contains("Ready to accept connections"));
  }

  private static String server() {
    String named = System.getProperty("agentstream.redis.server");
    if (named != null) {
      return named;
    }
    try {
      File oldest = ExecutableProvider.newJarResourceProvider().get();
      oldest.getParentFile().deleteOnExit();
      oldest.deleteOnExit();
      return oldest.getAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
