package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers of a comparison, each started and warmed up on first use. */
final class Bench implements AutoCloseable {

  private final Servers servers;
  private final Options options;
  private final Load load = new Load(System.err::println, false);
  private final Map<String, ServerUnderTest> running = new LinkedHashMap<>();

  Bench(Servers servers, Options options) {
    this.servers = servers;
    this.options = options;
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
      }
    }
    return running.values().stream().filter(it -> wanted.contains(it.name())).toList();
  }

  /** Starts a new process, which the caller closes. */
  ServerUnderTest fresh(String name) throws IOException {
    return servers.start(name);
  }

  Measurement measure(ServerUnderTest server, Scenario scenario) throws IOException {
    return load.measure(server, options.quick() ? scenario.shortened() : scenario);
  }

  void say(String progress) {
    System.err.println(progress);
  }

  @Override
  public void close() {
    running.values().forEach(ServerUnderTest::close);
  }
}
