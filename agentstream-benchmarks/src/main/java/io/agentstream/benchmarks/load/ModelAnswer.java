package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to the model server, and its answer. */
final class ModelAnswer implements Comparable<ModelAnswer> {

  private static final Pattern ORDER =
      Pattern.compile("tokens=(\\d+) interval=(\\d+)(?: hold=(\\d+(?:,\\d+)*))?");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final int AT_ONCE = 16;

  private static final String RELEASE = "POST /release ";
  private static final byte[] RELEASED = bytes("HTTP/1.1 204 No Content\r\n\r\n");

  private static final byte[] HEAD =
      bytes(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  private static final String EVENT =
      "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"m\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#######\"},\"finish_reason\":null}]}\n\n";
  private static final byte[] TOKEN = chunk(EVENT);
  private static final int STAMP_AT =
      new String(TOKEN, StandardCharsets.US_ASCII).indexOf("#######");
  private static final byte[] TAIL = tail();

  private static final SplittableRandom PHASES = new SplittableRandom(1);

  private final SocketChannel channel;
  private final SelectionKey key;
  private final StringBuilder request = new StringBuilder();
  private final ByteBuffer out =
      ByteBuffer.allocate(AT_ONCE * TOKEN.length + HEAD.length + TAIL.length);
  private long intervalNanos;
  private long dueNanos;
  private long lastStamp;
  private int left;
  private final Queue<Integer> leftAtHolds = new ArrayDeque<>();
  private boolean idle = true;

  ModelAnswer(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
    out.limit(0);
  }

  long dueNanos() {
    return dueNanos;
  }

  /** Returns true if no answer is in progress. */
  boolean isIdle() {
    return idle;
  }

  void close() throws IOException {
    channel.close();
  }

  /** Returns true if the answer waits until it is released. */
  boolean isHeld() {
    return !leftAtHolds.isEmpty() && left == leftAtHolds.peek();
  }

  void release() {
    leftAtHolds.remove();
    dueNanos = System.nanoTime();
  }

  /** Reads more; returns true if a whole request has arrived. */
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      throw new IOException("closed");
    }
    buffer.flip();
    request.append(StandardCharsets.UTF_8.decode(buffer));
    int body = request.indexOf("\r\n\r\n") + 4;
    return body >= 4 && request.length() >= body + length(body);
  }

  private int length(int body) {
    Matcher matcher = LENGTH.matcher(request).region(0, body);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Begins the answer; returns false if the request releases held answers instead. */
  boolean begin() throws IOException {
    if (request.indexOf(RELEASE) == 0) {
      request.setLength(0);
      out.clear();
      out.put(RELEASED);
      out.flip();
      boolean unused = flush();
      return false;
    }
    Matcher order = ORDER.matcher(request);
    if (!order.find()) {
      throw new IllegalStateException("The prompt has no tokens=… interval=…");
    }
    left = Integer.parseInt(order.group(1));
    intervalNanos = Long.parseLong(order.group(2)) * 1_000_000;
    leftAtHolds.clear();
    if (order.group(3) != null) {
      for (String hold : order.group(3).split(",", -1)) {
        leftAtHolds.add(left - Integer.parseInt(hold));
      }
    }
    request.setLength(0);
    lastStamp = Stamp.now();
    idle = false;
    // Otherwise answers that begin together would stay in step and be read together.
    dueNanos = System.nanoTime() + (intervalNanos == 0 ? 0 : PHASES.nextLong(intervalNanos));
    out.clear();
    out.put(HEAD);
    out.flip();
    return true;
  }

  /** Writes due tokens; returns false if the socket accepts no more for now. */
  boolean writeNext() throws IOException {
    out.compact();
    int count = intervalNanos == 0 ? Math.min(AT_ONCE, left) : 1;
    for (int i = 0; i < count && left > 0 && !isHeld(); i++) {
      int at = out.position();
      out.put(TOKEN);
      // A viewer knows a token that comes again by its stamp.
      lastStamp = intervalNanos == 0 ? Stamp.now() : Stamp.nowOrAfter(lastStamp);
      Stamp.write(lastStamp, out.array(), at + STAMP_AT);
      left--;
    }
    if (left == 0) {
      out.put(TAIL);
      idle = true;
    }
    out.flip();
    dueNanos += intervalNanos;
    return flush();
  }

  /** Writes waiting bytes; returns false if the socket accepts no more for now. */
  boolean flush() throws IOException {
    channel.write(out);
    boolean done = !out.hasRemaining();
    key.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    return done;
  }

  @Override
  public int compareTo(ModelAnswer other) {
    return Long.compare(dueNanos, other.dueNanos);
  }

  private static byte[] tail() {
    String end =
        EVENT
            .replace("{\"content\":\"#######\"}", "{}")
            .replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"");
    byte[] last = chunk(end);
    byte[] done = chunk("data: [DONE]\n\n");
    byte[] close = bytes("0\r\n\r\n");
    return ByteBuffer.allocate(last.length + done.length + close.length)
        .put(last)
        .put(done)
        .put(close)
        .array();
  }

  private static byte[] chunk(String text) {
    return bytes(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
