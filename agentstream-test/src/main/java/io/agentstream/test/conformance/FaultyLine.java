package io.agentstream.test.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A proxy to the server, on the loopback address, that breaks each of its connections in the same
 * way after so many bytes from the server. Thread-safe.
 */
final class FaultyLine implements AutoCloseable {

  /** The ways in which a connection breaks. */
  enum Fault {
    /** Both ends get an end of stream, possibly in the middle of a frame. */
    END,
    /** Both ends get a reset. */
    RESET,
    /** No more bytes pass, and neither end is notified. */
    HALF_OPEN,
    /** No bytes pass until {@link #letThrough}. */
    DELAY,
    /** Every byte is sent separately, and then the stream ends. */
    DRIP
  }

  private final URI server;
  private final Fault fault;
  private final long bytes;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch through = new CountDownLatch(1);
  private final CountDownLatch gaveUp = new CountDownLatch(1);
  private volatile boolean silent;

  private FaultyLine(URI server, Fault fault, long bytes) throws IOException {
    this.server = server;
    this.fault = fault;
    this.bytes = bytes;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Opens a proxy whose {@code fault} occurs after {@code bytes} bytes from the server. */
  static FaultyLine to(URI server, Fault fault, long bytes) {
    try {
      FaultyLine line = new FaultyLine(server, fault, bytes);
      inBackground(line::accept);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address for clients. */
  URI uri() {
    String local = "127.0.0.1:" + listening.getLocalPort();
    return URI.create(server.toString().replace(server.getRawAuthority(), local));
  }

  /** Ends a delay. */
  void letThrough() {
    through.countDown();
  }

  /** Returns true if no more bytes pass. */
  boolean isSilent() {
    return silent;
  }

  /** Returns true if the server closes a silent connection within this time. */
  boolean awaitServerGivesUp(long seconds) {
    try {
      return gaveUp.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
      letThrough();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException, InterruptedException {
    while (true) {
      Socket client = listening.accept();
      Socket upstream = new Socket(server.getHost(), server.getPort());
      sockets.add(client);
      sockets.add(upstream);
      upstream.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      inBackground(() -> copy(client, upstream));
      inBackground(() -> copyUntilTheFault(upstream, client));
    }
  }

  private void copy(Socket client, Socket upstream) throws IOException {
    try (client;
        upstream) {
      InputStream in = client.getInputStream();
      byte[] chunk = new byte[8192];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (!silent) {
          upstream.getOutputStream().write(chunk, 0, read);
        }
      }
    }
  }

  private void copyUntilTheFault(Socket upstream, Socket client)
      throws IOException, InterruptedException {
    InputStream in = upstream.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] chunk = new byte[fault == Fault.DRIP ? 1 : 8192];
    for (long left = bytes; left > 0; ) {
      int read = in.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (read < 0) {
        close(upstream, client, false);
        return;
      }
      out.write(chunk, 0, read);
      left -= read;
    }
    happen(upstream, client);
  }

  private void happen(Socket upstream, Socket client) throws IOException, InterruptedException {
    switch (fault) {
      case END, DRIP -> close(upstream, client, false);
      case RESET -> close(upstream, client, true);
      case HALF_OPEN -> {
        silent = true;
        upstream.getInputStream().transferTo(OutputStream.nullOutputStream());
        gaveUp.countDown();
      }
      case DELAY -> {
        through.await();
        try {
          upstream.getInputStream().transferTo(client.getOutputStream());
        } finally {
          close(upstream, client, false);
        }
      }
    }
  }

  private static void close(Socket upstream, Socket client, boolean reset) throws IOException {
    for (Socket socket : new Socket[] {client, upstream}) {
      if (reset && !socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    }
  }

  private static void inBackground(Work work) {
    Thread thread = new Thread(() -> runUntilClosed(work), "faulty-line");
    thread.setDaemon(true);
    thread.start();
  }

  private static void runUntilClosed(Work work) {
    try {
      work.run();
    } catch (IOException | InterruptedException over) {
      // One end has closed, so copying is finished.
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }
}
