package io.agentstream.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One WebSocket connection of a minimal viewer, so that the server dominates the measurement. */
final class Viewer {

  private static final byte[] PONG_MESSAGE =
      "{\"type\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ID = Pattern.compile("\"conversation_id\":\"([^\"]+)\"");
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private final Inbound inbound;
  private final ServerKind kind;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private boolean open;
  private long received;
  private int underWay;
  private String conversationId = "";

  private Viewer(Inbound inbound, ServerKind kind) {
    this.inbound = inbound;
    this.kind = kind;
  }

  /** Connects and begins the handshake; {@code selector} reports incoming data. */
  static Viewer connect(URI endpoint, ServerKind kind, Selector selector) throws IOException {
    Inbound inbound = Inbound.connect(endpoint.getPort());
    Viewer viewer = new Viewer(inbound, kind);
    inbound.channel().register(selector, SelectionKey.OP_READ, viewer);
    viewer.handshake(endpoint.getHost() + ":" + endpoint.getPort(), endpoint.getPath());
    return viewer;
  }

  /** Returns true if the handshake is done. */
  boolean isOpen() {
    return open;
  }

  /** Returns the conversation that it has started or joined; empty before that. */
  String conversationId() {
    return conversationId;
  }

  /** Views this conversation instead of the previous one. */
  void join(String id) throws IOException {
    if (!conversationId.isEmpty()) {
      command("leave_conversation", conversationId);
    }
    conversationId = id;
    command("join_conversation", id);
  }

  /** Views this conversation, in its first epoch, from the first event on. */
  void joinFromTheStart(String id) throws IOException {
    begin();
    conversationId = id;
    join(id, 1, 0);
  }

  /** Views this conversation again, from a place in an epoch that its journal does not have. */
  void resync(String id) throws IOException {
    if (!conversationId.isEmpty()) {
      command("leave_conversation", conversationId);
    }
    conversationId = id;
    join(id, 2, 1);
  }

  private void join(String id, int epoch, int afterSeq) throws IOException {
    String place = ",\"epoch\":" + epoch + ",\"after_seq\":" + afterSeq;
    String message =
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\""
            + id
            + "\""
            + place
            + "}}";
    send(TEXT, message.getBytes(StandardCharsets.US_ASCII));
  }

  private void begin() {
    if (underWay == 0) {
      received = 0;
    }
    underWay++;
  }

  private void command(String type, String id) throws IOException {
    String message = "{\"type\":\"" + type + "\",\"data\":{\"conversation_id\":\"" + id + "\"}}";
    send(TEXT, message.getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns the number of tokens since it last started without a current conversation. */
  long received() {
    return received;
  }

  private void handshake(String host, String path) throws IOException {
    String offered =
        kind.subprotocol().isEmpty()
            ? ""
            : "Sec-WebSocket-Protocol: " + kind.subprotocol() + "\r\n";
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + offered
            + "\r\n";
    inbound.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Starts a conversation in addition to current ones. */
  void start(int tokens, int intervalMillis) throws IOException {
    begin();
    send(TEXT, kind.start(tokens, intervalMillis).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Processes incoming data.
   *
   * @return true if its last current conversation has ended
   */
  boolean read(ByteBuffer from, Tally tally) throws IOException {
    inbound.receive(from);
    int at = open ? 0 : afterHandshake();
    boolean ended = false;
    int next;
    while (open && (next = frameEnd(at)) > 0) {
      ended |= frame(at, next, tally);
      at = next;
    }
    inbound.drop(at);
    return ended;
  }

  private int afterHandshake() throws IOException {
    String head = new String(inbound.buffer(), 0, inbound.filled(), StandardCharsets.US_ASCII);
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      return 0;
    }
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException("refused: " + head.substring(0, head.indexOf('\r')));
    }
    open = true;
    return end + 4;
  }

  /** Returns the end of the frame that begins here; 0 if the frame is incomplete. */
  private int frameEnd(int at) {
    if (inbound.filled() - at < 2) {
      return 0;
    }
    int end = at + headLength(at) + payloadLength(at);
    return end <= inbound.filled() ? end : 0;
  }

  private int headLength(int at) {
    return switch (inbound.buffer()[at + 1] & 0x7F) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private int payloadLength(int at) {
    int length = inbound.buffer()[at + 1] & 0x7F;
    if (length < 126) {
      return length;
    }
    int bytes = length == 126 ? 2 : 8;
    if (inbound.filled() - at < 2 + bytes) {
      return Integer.MAX_VALUE / 2;
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (inbound.buffer()[at + 2 + i] & 0xFF);
    }
    return (int) value;
  }

  private boolean frame(int at, int end, Tally tally) throws IOException {
    int from = at + headLength(at);
    boolean last = inbound.buffer()[at] < 0;
    switch (inbound.buffer()[at] & 0xF) {
      case TEXT -> {
        if (last) {
          return text(inbound.buffer(), from, end - from, end - at, tally);
        }
        fragments.write(inbound.buffer(), from, end - from);
      }
      case CONTINUATION -> {
        fragments.write(inbound.buffer(), from, end - from);
        return last && whole(tally);
      }
      case PING -> send(PONG, Arrays.copyOfRange(inbound.buffer(), from, end));
      case CLOSE -> throw new IOException("closed with a close frame");
      default -> {}
    }
    return false;
  }

  /** Takes a message of several frames: Tomcat divides what is longer than 8 KB. */
  private boolean whole(Tally tally) throws IOException {
    byte[] message = fragments.toByteArray();
    fragments.reset();
    return text(message, 0, message.length, message.length, tally);
  }

  private boolean text(byte[] source, int from, int length, int onWire, Tally tally)
      throws IOException {
    if (ServerKind.isToken(source, from, length)) {
      tally.frame(onWire);
      tokens(source, ServerKind.textOf(source, from, length), tally);
    } else if (ServerKind.isEnd(source, from, length)) {
      underWay--;
      return underWay == 0;
    } else if (ServerKind.isSnapshot(source, from, length)) {
      tally.snapshot(onWire);
    } else if (ServerKind.isPing(source, from, length)) {
      send(TEXT, PONG_MESSAGE);
    } else if (ServerKind.isAccepted(source, from, length)) {
      Matcher id = ID.matcher(new String(source, from, length, StandardCharsets.US_ASCII));
      conversationId = id.find() ? id.group(1) : "";
    }
    return false;
  }

  private void tokens(byte[] source, int from, Tally tally) {
    for (int at = from; source[at] != '"'; at += Stamp.LENGTH) {
      long age = Stamp.age(source, at);
      if (age < 0) {
        tally.breaks();
        return;
      }
      tally.token(age);
      received++;
    }
  }

  private void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    // A mask of zeros leaves the data unchanged, which servers cannot notice.
    frame.putInt(0).put(payload).flip();
    inbound.write(frame);
  }
}
