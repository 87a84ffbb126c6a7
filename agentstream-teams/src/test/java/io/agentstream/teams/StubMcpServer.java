package io.agentstream.teams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An MCP server over streamable HTTP that a test steers. */
final class StubMcpServer extends StubMcp implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** The values of {@code Authorization} in each session. */
  final Map<String, Set<String>> authorizations = new ConcurrentHashMap<>();

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** The sessions that were ended. */
  final Set<String> ended = ConcurrentHashMap.newKeySet();

  /** The status with which a value of {@code Authorization} is answered. */
  final Map<String, Integer> refused = new ConcurrentHashMap<>();

  /** How the stream of notifications is answered. */
  enum Stream {
    OPEN,
    NOT_ALLOWED,
    SILENT
  }

  private volatile Stream stream = Stream.OPEN;
  private volatile boolean hanging;
  private volatile CountDownLatch beginning = new CountDownLatch(0);

  /** How often a client has begun, and how many still wait for the answer. */
  final AtomicInteger begun = new AtomicInteger();

  final AtomicInteger waiting = new AtomicInteger();

  /** How many calls were begun to be answered without end, and at how many a client hung up. */
  final AtomicInteger hung = new AtomicInteger();

  final AtomicInteger hungUp = new AtomicInteger();

  StubMcpServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/mcp", this::serve);
    server.start();
  }

  StubMcpServer with(Stream kind) {
    stream = kind;
    return this;
  }

  /** Never ends the answer to a call from now on. */
  void hangCalls() {
    hanging = true;
  }

  /** Answers {@code initialize} only once the result is run. */
  Runnable holdInitialize() {
    CountDownLatch held = new CountDownLatch(1);
    beginning = held;
    return held::countDown;
  }

  int lastSession() {
    return sessions.get();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  /** Forgets all sessions, as a server that was started again. */
  void restart(List<String> tools) throws IOException {
    list(tools);
    known.clear();
    for (OutputStream each : streams) {
      each.close();
    }
    streams.clear();
  }

  /** Lists other tools from now on, and announces them. */
  void change(List<String> tools) throws IOException {
    list(tools);
    push(CHANGED);
  }

  void push(String message) throws IOException {
    for (OutputStream each : streams) {
      each.write(("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8));
      each.flush();
    }
  }

  private void serve(HttpExchange call) throws IOException {
    try (call) {
      String authorization = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
      String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String session = call.getRequestHeaders().getFirst("Mcp-Session-Id");
      if (session == null) {
        session = "s" + sessions.incrementAndGet();
        known.add(session);
      }
      authorizations
          .computeIfAbsent(session, unused -> ConcurrentHashMap.newKeySet())
          .add(authorization);
      Integer status = refused.get(authorization);
      if (status != null || !known.contains(session)) {
        call.sendResponseHeaders(status == null ? 404 : status, -1);
      } else if (call.getRequestMethod().equals("GET")) {
        notifications(call);
      } else if (call.getRequestMethod().equals("DELETE")) {
        ended.add(session);
        call.sendResponseHeaders(204, -1);
      } else if (hanging && body.contains("tools/call")) {
        hang(call);
      } else {
        if (body.contains("\"initialize\"")) {
          begun.incrementAndGet();
          waiting.incrementAndGet();
          beginning.await();
          waiting.decrementAndGet();
        }
        answer(call, session, answer(body));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange call, String session, String answer) throws IOException {
    call.getResponseHeaders().set("Mcp-Session-Id", session);
    if (answer == null) {
      call.sendResponseHeaders(202, -1);
      return;
    }
    byte[] json = answer.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(200, json.length);
    call.getResponseBody().write(json);
  }

  private void hang(HttpExchange call) throws InterruptedException {
    hung.incrementAndGet();
    try {
      call.getResponseHeaders().set("Content-Type", "text/event-stream");
      call.sendResponseHeaders(200, 0);
      do {
        call.getResponseBody().write(": wait\n\n".getBytes(StandardCharsets.UTF_8));
        call.getResponseBody().flush();
      } while (!closed.await(50, TimeUnit.MILLISECONDS));
    } catch (IOException e) {
      hungUp.incrementAndGet();
    }
  }

  private void notifications(HttpExchange call) throws IOException, InterruptedException {
    if (stream == Stream.SILENT) {
      closed.await();
    } else if (stream == Stream.NOT_ALLOWED) {
      call.sendResponseHeaders(405, -1);
    } else {
      call.getResponseHeaders().set("Content-Type", "text/event-stream");
      call.sendResponseHeaders(200, 0);
      call.getResponseBody().flush();
      streams.add(call.getResponseBody());
      closed.await();
    }
  }

  int openStreams() {
    return streams.size();
  }

  @Override
  public void close() {
    closed.countDown();
    beginning.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
