package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts each of the compared servers. */
final class Servers {

  static final String OURS = "agentstream on Jetty";
  static final String OURS_FLUSHING = "agentstream with a flush interval of 15 ms";
  static final String OURS_KEPT = "agentstream with its store";
  static final String OURS_SMALL = "agentstream in 256 MB";
  static final String OURS_ON_TOMCAT = "agentstream on Tomcat";
  static final String BY_HAND = "Java by hand on Tomcat";
  static final String NODE = "Node";
  static final String QUARKUS = "Quarkus";
  static final String AGENTSCOPE = "AgentScope-Java";
  static final String AGENTSCOPE_DEFAULT = "AgentScope-Java with its default buffer";
  static final String AI_SDK = "Node's AI SDK";

  private static final List<String> IN_MEMORY = List.of("--in-memory");
  private static final String CONFIG = "agentstream.json";

  private final Path home;
  private final Path logs;
  private final int modelServerPort;
  private final Map<String, String> environment;

  /**
   * Starts servers from here.
   *
   * @param home the folder of this module, with everything built
   */
  Servers(Path home, int modelServerPort) throws IOException {
    this.home = home;
    this.modelServerPort = modelServerPort;
    this.logs = Files.createDirectories(home.resolve("target/logs"));
    String url = "http://127.0.0.1:" + modelServerPort + "/v1";
    this.environment =
        Map.of("OPENAI_BASE_URL", url, "OPENAI_API_KEY", "none", "OPENAI_MODEL", "m");
  }

  /** The compared servers. */
  static List<String> compared() {
    return List.of(OURS, OURS_ON_TOMCAT, BY_HAND, NODE, QUARKUS);
  }

  /** The servers whose viewers can come back to an answer. */
  static List<String> peers() {
    return List.of(OURS, AGENTSCOPE, AGENTSCOPE_DEFAULT, AI_SDK);
  }

  static List<String> all() {
    return Stream.of(compared(), List.of(OURS_FLUSHING, OURS_KEPT, OURS_SMALL), peers())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Starts a server whose viewers can come back, with the Redis that it needs. */
  Peer peer(String name) throws IOException {
    return switch (name) {
      case AGENTSCOPE -> peer(agentscope(name, "--replay-buffer-size=32768"));
      case AGENTSCOPE_DEFAULT -> peer(agentscope(name));
      case AI_SDK -> aiSdk(name);
      default -> new Peer(start(name), AnswerKind.AGENTSTREAM, Optional.empty(), modelServerPort);
    };
  }

  private Peer peer(ServerUnderTest agentscope) {
    return new Peer(agentscope, AnswerKind.AGENTSCOPE, Optional.empty(), modelServerPort);
  }

  ServerUnderTest start(String name, String... javaOptions) throws IOException {
    return switch (name) {
      case OURS -> reference(name, CONFIG, IN_MEMORY, javaOptions);
      case OURS_FLUSHING -> reference(name, "agentstream-flushing.json", IN_MEMORY, javaOptions);
      case OURS_KEPT -> reference(name, CONFIG, List.of("--data", newFolder() + ""), javaOptions);
      // All viewers are one stranger, who gets half of what may run and a quarter of what is kept:
      // with these settings as much as all users together get by default.
      case OURS_SMALL -> reference(name, "agentstream-small.json", IN_MEMORY, "-Xmx256m");
      case OURS_ON_TOMCAT -> java(name, ServerKind.AGENTSTREAM, "AgentstreamOnTomcat", javaOptions);
      case BY_HAND -> java(name, ServerKind.BY_HAND, "ByHandOnTomcat", javaOptions);
      case NODE ->
          start(name, ServerKind.BY_HAND, List.of("node", home.resolve("node/server.mjs") + ""));
      case QUARKUS -> quarkus(name);
      default -> throw new IllegalArgumentException("No server is called " + name);
    };
  }

  /** The reference server as one of several nodes on this Redis. */
  ServerUnderTest node(String name, String redisUrl) throws IOException {
    return reference(name, CONFIG, List.of("--in-memory", "--redis", redisUrl));
  }

  static ServerUnderTest modelServer(Path home) throws IOException {
    Path log = Files.createDirectories(home.resolve("target/logs")).resolve("model-server.log");
    return ServerUnderTest.start(
        "the model server",
        ServerKind.BY_HAND,
        log,
        List.of(java(), "-cp", classPath(), ModelServer.class.getName()),
        Map.of());
  }

  private ServerUnderTest reference(
      String name, String configFile, List<String> options, String... javaOptions)
      throws IOException {
    Path jar = home.resolveSibling("agentstream-examples/target/agentstream-server.jar");
    Path config = home.resolve(configFile);
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(List.of(javaOptions));
    command.addAll(List.of("-jar", jar + "", "--port", "0", "--config", config + ""));
    command.addAll(options);
    return start(name, ServerKind.AGENTSTREAM, command);
  }

  private ServerUnderTest java(String name, ServerKind kind, String main, String... javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(List.of(javaOptions));
    command.addAll(List.of("-cp", classPath(), "io.agentstream.benchmarks.servers." + main));
    return start(name, kind, command);
  }

  private ServerUnderTest quarkus(String name) throws IOException {
    Path jar = home.resolve("quarkus/target/quarkus-server-1-runner.jar");
    return start(name, ServerKind.BY_HAND, List.of(java(), "-jar", jar + ""));
  }

  private ServerUnderTest agentscope(String name, String... options) throws IOException {
    Path jar = home.resolve("agentscope/target/agentscope-server-1.jar");
    List<String> command = new ArrayList<>(List.of(java(), "-jar", jar + ""));
    command.addAll(List.of(options));
    return start(name, ServerKind.BY_HAND, command);
  }

  private Peer aiSdk(String name) throws IOException {
    ServerUnderTest redis = redis(home);
    Map<String, String> all = new HashMap<>(environment);
    all.put("REDIS_URL", "redis://127.0.0.1:" + redis.port());
    Path folder = home.resolve("ai-sdk");
    List<String> command =
        List.of(
            folder.resolve("node_modules/node/bin/node") + "",
            "--expose-gc",
            folder.resolve("server.mjs") + "");
    ServerUnderTest server =
        ServerUnderTest.start(name, ServerKind.BY_HAND, log(name), command, all);
    return new Peer(server, AnswerKind.AI_SDK, Optional.of(redis), modelServerPort);
  }

  /** Starts a Redis that keeps nothing on disk. */
  static ServerUnderTest redis(Path home) throws IOException {
    int port = freePort();
    List<String> command =
        List.of(
            System.getProperty("agentstream.redis.server", "redis-server"),
            "--bind",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--save",
            "");
    return ServerUnderTest.startRedis(port, home.resolve("target/logs/redis.log"), command);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private ServerUnderTest start(String name, ServerKind kind, List<String> command)
      throws IOException {
    return ServerUnderTest.start(name, kind, log(name), command, environment);
  }

  private Path log(String name) {
    return logs.resolve(name.replaceAll("\\W+", "-") + ".log");
  }

  private Path newFolder() throws IOException {
    return Files.createTempDirectory(logs, "kept");
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
