package io.agentstream.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An OpenAI-compatible model server on a free port of 127.0.0.1 that the test controls byte by
 * byte: it can stall, close and reset between two tokens.
 *
 * <pre>{@code
 * try (StubModelServer server = StubModelServer.start()) {
 *   server.enqueue(StubAnswer.stream().tokens("Hel", "lo").finish("stop").done());
 *   // call a model at server.baseUrl()
 *   StubRequest request = server.awaitRequest();
 * }
 * }</pre>
 *
 * Requests get the enqueued answers in the order in which they arrive. The server uses up to two
 * daemon threads for each connection; their names begin with {@link #THREAD_PREFIX}. Thread-safe.
 */
public final class StubModelServer implements AutoCloseable {

  /**
   * The prefix of the server's thread names, so that tests that count threads can leave them out.
   */
  public static final String THREAD_PREFIX = "stub-model-server";

  private static final int BACKLOG = 4096;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final ServerSocket socket;
  // Discards requests that arrive while the server closes.
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          StubModelServer::daemonThread,
          new ThreadPoolExecutor.DiscardPolicy());
  private final Queue<StubAnswer> answers = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<StubRequest> requests = new LinkedBlockingQueue<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile StubAnswer otherwise = StubAnswer.status(500).body("no answer is enqueued");

  private StubModelServer(ServerSocket socket) {
    this.socket = socket;
  }

  /** Starts a server that answers every request with a 500 until answers are set. */
  public static StubModelServer start() {
    try {
      StubModelServer server =
          new StubModelServer(new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK)));
      server.threads.execute(server::acceptAll);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the base URL for a model: {@code http://127.0.0.1:<port>/v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  /** Enqueues answers for the next requests, one for each. */
  public StubModelServer enqueue(StubAnswer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  /** Sets the answer for each request for which none is enqueued. */
  public StubModelServer otherwise(StubAnswer answer) {
    otherwise = answer;
    return this;
  }

  /**
   * Waits for the next request that no call of this method has returned yet.
   *
   * @throws IllegalStateException if this does not happen within a minute
   */
  public StubRequest awaitRequest() throws InterruptedException {
    StubRequest request = requests.poll(StubRequest.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (request == null) {
      throw new IllegalStateException("No request has come");
    }
    return request;
  }

  /** Returns the number of connections that neither side has closed. */
  public int openConnections() {
    return (int) connections.stream().filter(connection -> !connection.isClosed()).count();
  }

  /**
   * Stops listening and closes all connections, even in the middle of an answer. After that the
   * port refuses connections and the server's threads have ended.
   *
   * @throws IllegalStateException if a step of an answer ignores its interrupt for a minute
   */
  @Override
  public void close() {
    closeQuietly(socket);
    connections.forEach(StubModelServer::closeQuietly);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(StubRequest.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("A step of an answer does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void acceptAll() {
    try {
      for (int number = 1; ; number++) {
        StubConnection connection = new StubConnection(number, accept());
        threads.execute(() -> connection.readAll(request -> answer(connection, request)));
      }
    } catch (IOException e) {
      // Closed: no more connections are accepted.
      return;
    }
  }

  private Socket accept() throws IOException {
    Socket accepted = socket.accept();
    accepted.setTcpNoDelay(true);
    connections.add(accepted);
    if (socket.isClosed()) {
      accepted.close();
    }
    return accepted;
  }

  private void answer(StubConnection connection, StubRequest request) {
    StubAnswer next = answers.poll();
    StubAnswer sent = next == null ? otherwise : next;
    threads.execute(() -> send(sent, connection.socket()));
    requests.add(request);
  }

  private static void send(StubAnswer answer, Socket socket) {
    try {
      answer.sendTo(socket);
    } catch (IOException e) {
      // The client has closed the connection; the connection's reader notices it too.
      return;
    } catch (InterruptedException e) {
      // The server is closed.
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closed is closed.
      return;
    }
  }

  private static Thread daemonThread(Runnable task) {
    Thread thread = new Thread(task, THREAD_PREFIX);
    thread.setDaemon(true);
    return thread;
  }
}
