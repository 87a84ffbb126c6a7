package io.agentstream.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Stands before a Redis and does to single connections what a bad network does. */
final class RedisProxy implements AutoCloseable {

  /** The treatment of a client's bytes. */
  enum Fate {
    ARRIVES,
    /** From here on nothing comes through, and the connection stays. */
    VANISHES,
    /** Redis carries it out, and the connection breaks before the answer. */
    ANSWER_IS_LOST
  }

  private final ServerSocket listening;
  private final URI redis;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile Predicate<String> which = sent -> false;
  private volatile Fate fate = Fate.ARRIVES;
  private volatile int met;

  RedisProxy(String redis) {
    this.redis = URI.create(redis);
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + listening.getLocalPort();
  }

  /** From now on, until the next call, the first connection that sends such a thing meets it. */
  void strikeOnce(Fate fate, Predicate<String> which) {
    this.which = which;
    this.fate = fate;
  }

  /** Lets nothing more through in either direction on connections that listen to channels. */
  void hangSubscriptions() {
    links.stream().filter(link -> link.subscribes).forEach(link -> link.hangs = true);
  }

  /** How many connections have met what was in store for them. */
  int met() {
    return met;
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Link link : links) {
        link.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Link link = new Link(listening.accept(), new Socket(redis.getHost(), redis.getPort()));
        links.add(link);
        daemon(link::clientToRedis);
        daemon(link::redisToClient);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private synchronized Fate fateOf(String sent) {
    if (!which.test(sent)) {
      return Fate.ARRIVES;
    }
    which = any -> false;
    met++;
    return fate;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "redis-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean answers = true;
    private volatile boolean subscribes;
    private volatile boolean hangs;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void clientToRedis() {
      byte[] bytes = new byte[64 * 1024];
      try (InputStream in = client.getInputStream()) {
        OutputStream out = server.getOutputStream();
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          String sent = new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
          Fate next = fateOf(sent);
          subscribes |= sent.contains("SUBSCRIBE");
          answers &= next != Fate.ANSWER_IS_LOST;
          hangs |= next == Fate.VANISHES;
          if (!hangs) {
            out.write(bytes, 0, n);
          }
        }
        close();
      } catch (IOException e) {
        // Cut by the other side.
      }
    }

    void redisToClient() {
      byte[] bytes = new byte[64 * 1024];
      try (InputStream in = server.getInputStream()) {
        OutputStream out = client.getOutputStream();
        for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
          if (!answers) {
            close();
            return;
          }
          if (!hangs) {
            out.write(bytes, 0, n);
          }
        }
      } catch (IOException e) {
        // Cut by the other side.
      }
    }

    void close() throws IOException {
      client.close();
      server.close();
    }
  }
}
