package io.agentstream.examples.it;

import io.agentstream.redis.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Several servers, each a process of its own, on one Redis and one model server. */
final class Nodes implements AutoCloseable {

  /** The default: with less, a busy machine makes nodes that live count as dead. */
  private static final int LEASE_SECONDS = 5;

  private final RedisProcess redis;
  private final String modelUrl;
  private final Path config;
  private final List<ServerProcess> nodes = new CopyOnWriteArrayList<>();
  private final Set<Integer> dead = ConcurrentHashMap.newKeySet();

  /**
   * @param more further settings, each after a comma
   */
  private Nodes(RedisProcess redis, String modelUrl, int leaseSeconds, String more) {
    this.redis = redis;
    this.modelUrl = modelUrl;
    this.config =
        file(
            ".json",
            "{\"redis\": {\"lease_seconds\": %d}, \"limits\": {\"max_rounds\": 50}%s}"
                .formatted(leaseSeconds, more));
  }

  private static Path file(String ending, String text) {
    try {
      return Files.writeString(ServerProcess.fileOfThisBuild("agentstream", ending), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Nodes start(int count, RedisProcess redis, String modelUrl) {
    return start(count, redis, modelUrl, LEASE_SECONDS);
  }

  static Nodes start(int count, RedisProcess redis, String modelUrl, int leaseSeconds) {
    return start(count, new Nodes(redis, modelUrl, leaseSeconds, ""));
  }

  /** Starts nodes with the agents and teams of a file. */
  static Nodes withTeams(int count, RedisProcess redis, String modelUrl, String teams) {
    String more = ", \"team_file\": \"" + file(".yaml", teams).toAbsolutePath() + "\"";
    return start(count, new Nodes(redis, modelUrl, LEASE_SECONDS, more));
  }

  private static Nodes start(int count, Nodes nodes) {
    try {
      for (int i = 0; i < count; i++) {
        nodes.nodes.add(nodes.launch());
      }
      nodes.nodes.forEach(ServerProcess::awaitReady);
    } catch (Throwable e) {
      nodes.close();
      throw e;
    }
    FailureReport.includeState(nodes::describe);
    return nodes;
  }

  private ServerProcess launch() {
    return ServerProcess.launch(
        Map.of("OPENAI_BASE_URL", modelUrl, "OPENAI_API_KEY", "test"),
        "--config",
        config.toString(),
        "--redis",
        redis.url());
  }

  int count() {
    return nodes.size();
  }

  ServerProcess node(int index) {
    return nodes.get(index);
  }

  /**
   * The WebSocket of a node, of the one that comes in its place, or of another while it is dead.
   */
  URI at(int index) {
    int alive = index;
    while (dead.contains(alive)) {
      alive = (alive + 1) % nodes.size();
    }
    return nodes.get(alive).webSocket();
  }

  /** Kills a node as by {@code kill -9}. */
  void kill(int index) {
    dead.add(index);
    nodes.get(index).close();
  }

  /** Starts another node in the place of one that is gone. */
  void replace(int index) {
    nodes.set(index, launch().awaitReady());
    dead.remove(index);
  }

  /** Stops a node in order and starts another in its place. */
  void restart(int index) {
    dead.add(index);
    nodes.get(index).terminate();
    nodes.get(index).awaitExit();
    replace(index);
  }

  /** Which node runs a conversation under this epoch; the first started it. */
  int ownerOf(String conversationId, long epoch) {
    String line = "Conversation " + conversationId + ": continues here, under epoch " + epoch;
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).errors().contains(line)) {
        return i;
      }
    }
    return epoch == 1 ? 0 : -1;
  }

  /** Returns the logs of all nodes. */
  List<String> errors() {
    List<String> errors = new ArrayList<>();
    nodes.forEach(node -> errors.add(node.errors()));
    return errors;
  }

  /** Which processes there are, and how their conversations stand in Redis. */
  private String describe() {
    StringBuilder description = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      description.append(
          "node %d: process %d%s%n"
              .formatted(i, nodes.get(i).pid(), dead.contains(i) ? ", dead" : ""));
    }
    return description.append(redis.describe("agentstream")).toString();
  }

  @Override
  public void close() {
    nodes.forEach(ServerProcess::close);
  }
}
