package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from bytes that are pushed in as they arrive, split anywhere.
 *
 * <p>Follows the WHATWG's "interpreting an event stream". Like langchain4j's parser, and unlike the
 * WHATWG's, it leaves {@code event} null where there is none, drops an event with empty data, and
 * {@link #finish} delivers a last event that lacks its empty line. {@code id} and {@code retry} are
 * ignored: a model's answer cannot be rejoined.
 *
 * <p>Lines are decoded whole, so a split inside a UTF-8 sequence or a CRLF needs no thought. An
 * event of one {@code data} line, as nearly all are, costs its string and the event, no more. Not
 * safe for use by several threads at once.
 */
final class SseParser {

  /** Takes the events. */
  interface Sink {
    /** Returns whether to go on; if not, the rest is dropped. */
    boolean onEvent(StreamedEvent event);
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] DATA = "data".getBytes(UTF_8);
  private static final byte[] EVENT = "event".getBytes(UTF_8);

  private final int maxEventBytes;
  private final Sink sink;

  private byte[] line;
  private int length;
  private boolean afterCr;
  private boolean firstLine = true;

  private @Nullable String event;
  private @Nullable String data;
  private @Nullable StringBuilder furtherData;
  private int heldBytes;

  /**
   * @param maxEventBytes how long the data of one event, and any one line, may be as received
   */
  SseParser(int maxEventBytes, Sink sink) {
    this.maxEventBytes = maxEventBytes;
    this.sink = sink;
    this.line = new byte[Math.min(512, maxEventBytes)];
  }

  /** Takes the next bytes. Returns false once the sink wants no more. */
  boolean feed(ByteBuffer bytes) throws EventTooLongException {
    while (bytes.hasRemaining()) {
      if (skipLfOfCrLf(bytes)) {
        continue;
      }
      int end = lineEnd(bytes);
      append(bytes, end);
      if (bytes.hasRemaining()) {
        afterCr = bytes.get() == '\r';
        if (!endLine()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Delivers what is complete but for its line end. To be called at a clean end only. */
  void finish() {
    if (length == 0 || endLine()) {
      dispatch();
    }
  }

  private boolean skipLfOfCrLf(ByteBuffer bytes) {
    boolean skip = afterCr && bytes.get(bytes.position()) == '\n';
    if (skip) {
      bytes.get();
    }
    afterCr = false;
    return skip;
  }

  private static int lineEnd(ByteBuffer bytes) {
    int i = bytes.position();
    while (i < bytes.limit() && bytes.get(i) != '\n' && bytes.get(i) != '\r') {
      i++;
    }
    return i;
  }

  private void append(ByteBuffer bytes, int end) throws EventTooLongException {
    int more = end - bytes.position();
    // Widened: the sum may pass the largest int.
    if ((long) heldBytes + length + more > maxEventBytes) {
      throw new EventTooLongException(maxEventBytes);
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, Math.min(line.length * 2, maxEventBytes)));
    }
    bytes.get(line, length, more);
    length += more;
  }

  private boolean endLine() {
    int start = firstLine && startsWith(BYTE_ORDER_MARK, 0) ? BYTE_ORDER_MARK.length : 0;
    firstLine = false;
    boolean goOn = true;
    if (start == length) {
      goOn = dispatch();
    } else if (isField(DATA, start)) {
      addData(value(start + DATA.length));
    } else if (isField(EVENT, start)) {
      event = value(start + EVENT.length).trim();
    }
    length = 0;
    return goOn;
  }

  /** A field is a name and a colon, or a name alone. */
  private boolean isField(byte[] name, int start) {
    int end = start + name.length;
    return startsWith(name, start) && (end == length || line[end] == ':');
  }

  private boolean startsWith(byte[] prefix, int start) {
    int end = start + prefix.length;
    return end <= length && Arrays.equals(line, start, end, prefix, 0, prefix.length);
  }

  private String value(int colon) {
    int start = Math.min(colon + 1, length);
    if (start < length && line[start] == ' ') {
      start++;
    }
    return new String(line, start, length - start, UTF_8);
  }

  private void addData(String value) {
    heldBytes += length;
    if (data == null) {
      data = value;
      return;
    }
    if (furtherData == null) {
      furtherData = new StringBuilder(data);
    }
    furtherData.append('\n').append(value);
  }

  private boolean dispatch() {
    String type = event;
    String content = furtherData == null ? data : furtherData.toString();
    event = null;
    data = null;
    furtherData = null;
    heldBytes = 0;
    return content == null || content.isEmpty() || sink.onEvent(new StreamedEvent(type, content));
  }
}
