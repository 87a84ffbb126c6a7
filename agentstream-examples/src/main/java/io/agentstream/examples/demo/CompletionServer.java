package io.agentstream.examples.demo;

import io.agentstream.examples.guard.DoorPaths;
import io.agentstream.examples.guard.HostGuard;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server on the loopback address that speaks OpenAI's streaming chat completions. A few threads
 * serve thousands of answers at once.
 */
public final class CompletionServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_THREADS = 8;

  /** The system's default of 50 would make a burst of conversations wait for seconds. */
  private static final int ACCEPT_QUEUE = 1024;

  private final Server server;
  private final ServerConnector connector;
  private final ScheduledThreadPoolExecutor timer;

  private CompletionServer(Script script) {
    timer = new ScheduledThreadPoolExecutor(1, CompletionServer::timerThread);
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
    threads.setName("demo-http");
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
    connector.setHost(LOOPBACK);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    server.addConnector(connector);
    server.setHandler(
        new HostGuard(new CompletionHandler(script, timer), List.of(), DoorPaths.NONE));
  }

  /** Starts a server on a free port. */
  public static CompletionServer start(Script script) {
    CompletionServer completions = new CompletionServer(script);
    try {
      completions.server.start();
    } catch (Exception e) {
      completions.close();
      throw new IllegalStateException("The demo model could not be started", e);
    }
    return completions;
  }

  /** Returns the base URL for clients. */
  public String baseUrl() {
    return "http://" + LOOPBACK + ":" + connector.getLocalPort() + "/v1";
  }

  /** Stops the server and all answers in progress. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The demo model could not be stopped", e);
    }
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    return http;
  }

  private static Thread timerThread(Runnable task) {
    Thread thread = new Thread(task, "demo-timer");
    thread.setDaemon(true);
    return thread;
  }
}
