package io.agentstream.examples.server;

import io.agentstream.chat.Conversation;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.Options;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A reference server in the JVM of the tests, for those that do not depend on its process. It
 * starts in a fraction of a second, and its code is warm after the first one.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final ReferenceServer server;

  private EmbeddedServer(ReferenceServer server) {
    this.server = server;
  }

  /**
   * Starts a server on a free port, which keeps its conversations in memory unless {@code args}
   * name a folder.
   *
   * @param environment all of its environment variables
   */
  public static EmbeddedServer start(Map<String, String> environment, String... args) {
    try {
      return configured(environment, args);
    } catch (ConfigException e) {
      throw new AssertionError(e.reason(), e);
    }
  }

  static EmbeddedServer configured(Map<String, String> environment, String... args)
      throws ConfigException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--port", "0"));
    if (!all.contains("--data")) {
      all.add("--in-memory");
    }
    Options options = Options.parse(all.toArray(String[]::new));
    ReferenceServer server = Startup.of(options, environment).start();
    server.publishMetrics();
    return new EmbeddedServer(server);
  }

  public URI http(String path) {
    return URI.create(server.url() + path);
  }

  public URI webSocket() {
    return URI.create(server.url().replace("http:", "ws:") + "/ws");
  }

  public int port() {
    return URI.create(server.url()).getPort();
  }

  /**
   * Ends all conversations. A conversation that a test leaves behind would ask the model for an
   * answer that is meant for the next test.
   */
  public void endConversations() {
    for (Conversation conversation : server.hub().conversations()) {
      conversation.stop();
      conversation.result().copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
