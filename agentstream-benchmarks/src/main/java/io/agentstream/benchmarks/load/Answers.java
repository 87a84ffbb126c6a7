package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Viewers of a peer's answers, on one thread. */
final class Answers implements AutoCloseable {

  private static final long LOOK_MILLIS = 100;

  private final Peer peer;
  private final Selector selector = Selector.open();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(256 * 1024);
  private int tokensEach;
  private int intervalMillis;
  private boolean again;
  private long tokens;
  private long bytes;
  private long ended;
  private long lost;

  Answers(Peer peer) throws IOException {
    this.peer = peer;
  }

  /** Starts an answer, and views it from its first event on. */
  AnswerReader start(String order) throws IOException {
    String proposed = UUID.randomUUID().toString();
    String request = peer.kind().start(proposed, order);
    if (peer.kind().answersAtOnce()) {
      return open(proposed, request, new Seen());
    }
    String id = peer.kind().id(proposed, ask(peer.server().port(), request));
    return open(id, AnswerKind.get(peer.kind().fromTheStart(id)), new Seen());
  }

  /** Starts this many answers, and a new one whenever one has ended. */
  void startOverAndOver(int count, int tokensEach, int intervalMillis) throws IOException {
    this.tokensEach = tokensEach;
    this.intervalMillis = intervalMillis;
    this.again = true;
    for (int i = 0; i < count; i++) {
      AnswerReader unused = start(order(tokensEach, intervalMillis));
    }
  }

  /** Lets the answers that run end, and waits for them. */
  void startNoMore(int running, long patienceMillis) throws IOException {
    again = false;
    if (!runUntil(() -> selector.keys().isEmpty(), patienceMillis)) {
      lost += (long) Math.min(running, selector.keys().size()) * tokensEach;
    }
  }

  /** Opens a connection of a viewer. */
  AnswerReader open(String id, String request, Seen seen) throws IOException {
    AnswerReader reader = AnswerReader.open(id, peer, request, seen);
    reader.inbound().channel().register(selector, SelectionKey.OP_READ, reader);
    return reader;
  }

  void close(AnswerReader reader) throws IOException {
    reader.inbound().channel().close();
    int unused = selector.selectNow(this::serve);
  }

  static String order(int tokens, int intervalMillis) {
    return "tokens=" + tokens + " interval=" + intervalMillis;
  }

  /** Lets the model server continue the answers that it holds. */
  void release() throws IOException {
    String unused =
        ask(
            peer.modelPort(),
            "POST /release HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
  }

  /** Watches for this long. */
  void run(long millis) throws IOException {
    boolean unused = runUntil(() -> false, millis);
  }

  /**
   * Watches until this is true.
   *
   * @return false if it has not become true for so long
   */
  boolean runUntil(BooleanSupplier done, long patienceMillis) throws IOException {
    long end = System.nanoTime() + patienceMillis * 1_000_000;
    while (!done.getAsBoolean()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      int unused = selector.select(this::serve, Math.min(left, LOOK_MILLIS));
    }
    return true;
  }

  private void serve(SelectionKey key) {
    AnswerReader reader = (AnswerReader) key.attachment();
    long tokensBefore = reader.seen().tokens();
    long bytesBefore = reader.bytes();
    try {
      reader.read(reading);
      tokens += reader.seen().tokens() - tokensBefore;
      bytes += reader.bytes() - bytesBefore;
      if (reader.isEnded()) {
        key.channel().close();
        end(reader);
      }
    } catch (IOException e) {
      lost++;
      key.cancel();
    }
  }

  private void end(AnswerReader reader) throws IOException {
    ended++;
    lost += Math.abs(tokensEach - reader.seen().tokens()) + reader.seen().doubled();
    if (again) {
      AnswerReader unused = start(order(tokensEach, intervalMillis));
    }
  }

  /** Sends a request that is answered at once. */
  static String ask(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder response = new StringBuilder();
      byte[] part = new byte[4_096];
      int count = 0;
      while (!isWhole(response) && (count = socket.getInputStream().read(part)) >= 0) {
        response.append(new String(part, 0, count, StandardCharsets.US_ASCII));
      }
      if (!response.toString().startsWith("HTTP/1.1 2")) {
        throw new IOException("refused: " + response);
      }
      return response.toString();
    }
  }

  /** Returns true after the head if that says there is no body; a body ends with its connection. */
  private static boolean isWhole(StringBuilder response) {
    return response.indexOf("HTTP/1.1 204") == 0 && response.indexOf("\r\n\r\n") > 0;
  }

  /** Returns the different tokens that all viewers have received. */
  long tokens() {
    return tokens;
  }

  /** Returns the bytes that all viewers have received. */
  long bytes() {
    return bytes;
  }

  long ended() {
    return ended;
  }

  /** Returns the tokens that ended answers lacked or had twice, and the connections that broke. */
  long lost() {
    return lost;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
