package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.agentstream.redis.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A real proxy in front of a server, with the configuration that {@code docs/deploy} offers. Where
 * the program is missing the test is skipped, or fails with {@code -Dagentstream.proxies=required}.
 */
final class Proxy implements AutoCloseable {

  private static final Path CONFIGURATIONS = Path.of("../docs/deploy");

  private final int port;
  private final Path folder;

  private Proxy(int port, Path folder) {
    this.port = port;
    this.folder = folder;
  }

  static Proxy nginx(ServerProcess server) throws IOException, InterruptedException {
    return nginx(server.port(), UnaryOperator.identity());
  }

  /** Does the same with changes to the configuration. */
  static Proxy nginx(int serverPort, UnaryOperator<String> changes)
      throws IOException, InterruptedException {
    Path nginx = program("nginx");
    Path folder = Files.createTempDirectory("agentstream-nginx");
    Path pid = folder.resolve("pid");
    int port = FreePort.next();
    Path config = configuration("nginx.conf", folder, port, serverPort, changes);
    String globals = "pid " + pid + "; error_log " + folder.resolve("error.log") + ";";
    run(folder, nginx, "-p", folder.toString(), "-c", config.toString(), "-g", globals);
    return new Proxy(port, folder);
  }

  static Proxy haproxy(ServerProcess server) throws IOException, InterruptedException {
    return haproxy(server.port(), UnaryOperator.identity());
  }

  /** Does the same with changes to the configuration. */
  static Proxy haproxy(int serverPort, UnaryOperator<String> changes)
      throws IOException, InterruptedException {
    Path haproxy = program("haproxy");
    Path folder = Files.createTempDirectory("agentstream-haproxy");
    Path pid = folder.resolve("pid");
    int port = FreePort.next();
    Path config = configuration("haproxy.cfg", folder, port, serverPort, changes);
    run(folder, haproxy, "-D", "-p", pid.toString(), "-f", config.toString());
    return new Proxy(port, folder);
  }

  static String configuration(String name) throws IOException {
    return Files.readString(CONFIGURATIONS.resolve(name));
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  URI webSocket() {
    return URI.create("ws://127.0.0.1:" + port + "/ws");
  }

  /** For a proxy with a certificate. */
  URI https(String path) {
    return URI.create("https://127.0.0.1:" + port + path);
  }

  @Override
  public void close() throws IOException {
    ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
        .ifPresent(
            proxy -> {
              proxy.destroy();
              proxy.onExit().join();
            });
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static Path configuration(
      String name, Path folder, int port, int serverPort, UnaryOperator<String> changes)
      throws IOException {
    String text =
        configuration(name)
            .replace("listen 8443", "listen 127.0.0.1:" + port)
            .replace("bind :8443", "bind 127.0.0.1:" + port)
            .replace("127.0.0.1:8080", "127.0.0.1:" + serverPort);
    String changed =
        changes
            .apply(text)
            .replace("listen 443", "listen 127.0.0.1:" + port)
            .replace("bind :443", "bind 127.0.0.1:" + port);
    return Files.writeString(folder.resolve(name), changed);
  }

  private static Path program(String program) {
    Path path = Path.of("/usr/sbin", program);
    if ("required".equals(System.getProperty("agentstream.proxies"))) {
      assertThat(path).exists();
    }
    assumeThat(path).exists();
    return path;
  }

  /** Both go into the background once they listen. */
  private static void run(Path folder, Path program, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    Path said = folder.resolve("said.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
  }
}
