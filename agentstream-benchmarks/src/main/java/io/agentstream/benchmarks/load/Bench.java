package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of a comparison, each started and warmed up on first use, and suspended except while
 * it is measured: servers that only wait still take caches, and some processor time, from others.
 */
final class Bench implements AutoCloseable {

  private final Servers servers;
  private final Options options;
  private final Load load = new Load(System.err::println, false);
  private final Map<String, ServerUnderTest> running = new LinkedHashMap<>();

  Bench(Servers servers, Options options) {
    this.servers = servers;
    this.options = options;
  }

  /** Something that is measured on one server. */
  @FunctionalInterface
  interface Work<T> {
    T on(ServerUnderTest server) throws IOException;
  }

  Options options() {
    return options;
  }

  /** Returns the compared servers, in the order of {@link Servers#all}. */
  List<ServerUnderTest> warm(List<String> wanted) throws IOException {
    for (String name : options.among(wanted)) {
      if (!running.containsKey(name)) {
        ServerUnderTest server = servers.start(name);
        running.put(name, server);
        new Load(System.err::println, options.quick()).warmUp(server);
        server.suspend();
      }
    }
    return running.values().stream().filter(it -> wanted.contains(it.name())).toList();
  }

  /** Measures a warm server while all others are suspended. */
  <T> T alone(ServerUnderTest server, Work<T> work) throws IOException {
    server.resume();
    try {
      return work.on(server);
    } finally {
      server.suspend();
    }
  }

  /** Starts a new process, which the caller closes. */
  ServerUnderTest fresh(String name) throws IOException {
    return servers.start(name);
  }

  /** Starts a new peer, which the caller closes. */
  Peer freshPeer(String name) throws IOException {
    return servers.peer(name);
  }

  Measurement measure(ServerUnderTest server, Scenario scenario) throws IOException {
    Scenario shown = options.quick() ? scenario.shortened() : scenario;
    return alone(server, it -> load.measure(it, shown));
  }

  void say(String progress) {
    System.err.println(progress);
  }

  @Override
  public void close() throws IOException {
    for (ServerUnderTest server : running.values()) {
      // A suspended process notices no signal to end.
      server.resume();
      server.close();
    }
  }
}
