package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from bytes that are pushed in as they arrive, split anywhere.
 *
 * <p>Follows the WHATWG's "interpreting an event stream". Like langchain4j's parser, and unlike the
 * WHATWG's, it leaves the type null where there is none, drops an event with empty data, and {@link
 * #finish} delivers a last event that lacks its empty line. {@code id} and {@code retry} are
 * ignored: a model's answer cannot be rejoined.
 *
 * <p>Model servers break the format in further ways, which are read too:
 *
 * <ul>
 *   <li>{@code data} lines without an empty line between them: each is an event if it is whole
 *       JSON.
 *   <li>JSON without {@code data:}, over one or several lines: {@link Sink#onJson}.
 *   <li>White space before {@code data:}, before its colon or before JSON, {@code data: data:}, or
 *       {@code DATA:}.
 *   <li>JSON on the line after an empty {@code data:}.
 *   <li>A line end within the JSON of an event: the next line continues it.
 *   <li>A byte order mark before any line.
 *   <li>A field named {@code error}: an event of the type {@code error}.
 *   <li>An event of that type without data.
 *   <li>Any other line is a {@linkplain Sink#onStray stray} one.
 * </ul>
 *
 * <p>An event's data is passed on as bytes of the parser's own buffer, so that an event needs no
 * object. Not thread-safe.
 */
final class SseParser {

  /** Receives the events. The bytes are valid until the method returns. */
  interface Sink {
    /** Receives an event. Returns true to continue; if false, the rest is dropped. */
    boolean onEvent(@Nullable String type, byte[] bytes, int from, int to);

    /** Receives JSON on separate lines. Returns true to continue. */
    default boolean onJson(byte[] bytes, int from, int to) {
      return true;
    }

    /** Receives a line that is not part of an event stream. Returns true to continue. */
    default boolean onStray(byte[] bytes, int from, int to) {
      return true;
    }

    /** Reports a comment, which servers send to keep a connection alive. */
    default void onComment() {}
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] DATA = "data".getBytes(UTF_8);
  private static final byte[] EVENT = "event".getBytes(UTF_8);
  private static final byte[] ERROR = "error".getBytes(UTF_8);

  /** The type of an event that reports a failure. */
  static final String ERROR_TYPE = "error";

  private final int maxEventBytes;
  private final Sink sink;

  // The data of the current event, then the current line: 0 ≤ held ≤ length.
  private byte[] buffer;
  private int held;
  private int length;
  private boolean afterCr;

  private final JsonDepth depth = new JsonDepth();
  private boolean hasData;
  private boolean inJson;
  private int heldLines;
  private @Nullable String type;
  private @Nullable String typeAfterData;
  private String lastType = "";
  private byte[] lastTypeBytes = {};

  /**
   * @param maxEventBytes the maximum length of an event's data, and of a line, as received
   */
  SseParser(int maxEventBytes, Sink sink) {
    this.maxEventBytes = maxEventBytes;
    this.sink = sink;
    this.buffer = new byte[Math.min(512, maxEventBytes)];
  }

  /** Parses the next bytes. Returns false once the sink wants no more. */
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

  /** Delivers an event that only lacks its line end. Called only at a clean end. */
  void finish() {
    if ((length == held || endLine()) && inJson) {
      inJson = false;
      if (!sink.onStray(buffer, 0, held)) {
        return;
      }
      forget();
    }
    dispatch();
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
    // Widened: the sum may pass the largest int. Names and colons count, though they are not kept.
    if ((long) length + more + (long) heldLines * (DATA.length + 1) > maxEventBytes) {
      throw new EventTooLongException(maxEventBytes);
    }
    if (length + more > buffer.length) {
      int doubled = Math.min(buffer.length * 2, maxEventBytes);
      buffer = Arrays.copyOf(buffer, Math.max(length + more, doubled));
    }
    bytes.get(buffer, length, more);
    length += more;
  }

  private boolean endLine() {
    int start = startsWith(BYTE_ORDER_MARK, held) ? held + BYTE_ORDER_MARK.length : held;
    boolean goOn = inJson ? moreJson(held) : line(start);
    length = held;
    return goOn;
  }

  private boolean line(int start) {
    if (start == length) {
      return dispatch();
    }
    if (isField(DATA, start)) {
      return data(dataStart(start));
    }
    if (isField(EVENT, start)) {
      String named = typeOf(valueStart(start + EVENT.length));
      if (hasData) {
        typeAfterData = named;
      } else {
        type = named;
      }
      return true;
    }
    return otherLine(start);
  }

  private boolean otherLine(int start) {
    if (buffer[start] == ':') {
      sink.onComment();
      return true;
    }
    if (isField(ERROR, start)) {
      boolean goOn = dispatch();
      type = ERROR_TYPE;
      return goOn && data(valueStart(start + ERROR.length));
    }
    int first = start;
    while (first < length && buffer[first] <= ' ' && buffer[first] >= 0) {
      first++;
    }
    if (isDataInAnyCase(first)) {
      return data(dataStart(first));
    }
    int colon = colonAfterBlanks(first);
    if (colon > 0) {
      return data(dataStart(colon - DATA.length));
    }
    boolean opens = first < length && JsonDepth.opens(buffer[first]);
    if (hasData && (held == 0 ? opens : isOpenJson())) {
      heldLines = held == 0 ? 0 : heldLines;
      hold(heldLines == 0 ? first : start);
      return true;
    }
    if (!hasData && opens) {
      inJson = true;
      return moreJson(first);
    }
    return sink.onStray(buffer, start, length);
  }

  /** Returns where the colon of {@code data :} is, if JSON follows; 0 otherwise. */
  private int colonAfterBlanks(int start) {
    int colon = start + DATA.length;
    while (startsWith(DATA, start) && colon < length && buffer[colon] == ' ') {
      colon++;
    }
    int value = valueStart(colon);
    boolean found = startsWith(DATA, start) && colon < length && buffer[colon] == ':';
    return found && value < length && JsonDepth.opens(buffer[value]) ? colon : 0;
  }

  private boolean isDataInAnyCase(int start) {
    int size = DATA.length + 1;
    return start + size <= length
        && "data:".equalsIgnoreCase(new String(buffer, start, size, UTF_8));
  }

  private boolean isOpenJson() {
    return held > 0 && JsonDepth.opens(buffer[0]) && !isDone(0) && !depth.isWhole(buffer, held);
  }

  /** Holds the line as a further one of a JSON text; hands that over once it is whole. */
  private boolean moreJson(int start) {
    hold(start);
    if (!depth.isWhole(buffer, held)) {
      return true;
    }
    inJson = false;
    int end = held;
    forget();
    return sink.onJson(buffer, 0, end);
  }

  private boolean data(int start) {
    boolean goOn = true;
    if (hasData && startsNewEvent(start)) {
      // The line moves to the front with the next hold: the event before it must be gone by then.
      String next = typeAfterData;
      goOn = deliver(type, held);
      forget();
      type = next;
    }
    hold(start);
    hasData = true;
    return goOn;
  }

  private boolean startsNewEvent(int start) {
    boolean opens = start < length && (JsonDepth.opens(buffer[start]) || isDone(start));
    boolean heldIsJson = held > 0 && JsonDepth.opens(buffer[0]) && !isDone(0);
    return heldIsJson ? depth.isWhole(buffer, held) : opens;
  }

  private boolean isDone(int start) {
    return buffer[start] == '[' && start + 1 < length && buffer[start + 1] == 'D';
  }

  /** Moves the line's rest behind what is held, after a line end if it is a further one. */
  private void hold(int start) {
    int size = length - start;
    int target = heldLines == 0 ? 0 : held + 1;
    // A further line has lost its name and colon, so that the line end finds room.
    if (target + size > buffer.length) {
      buffer = Arrays.copyOf(buffer, target + size);
    }
    System.arraycopy(buffer, start, buffer, target, size);
    if (heldLines > 0) {
      buffer[held] = '\n';
    }
    held = target + size;
    heldLines++;
  }

  private boolean dispatch() {
    String named = typeAfterData == null ? type : typeAfterData;
    int end = held;
    forget();
    return deliver(named, end);
  }

  private boolean deliver(@Nullable String named, int end) {
    boolean empty = end == 0 && !ERROR_TYPE.equals(named);
    return empty || sink.onEvent(named, buffer, 0, end);
  }

  private void forget() {
    type = null;
    typeAfterData = null;
    hasData = false;
    held = 0;
    heldLines = 0;
    depth.reset();
  }

  /** A field is a name and a colon, or a name alone. */
  private boolean isField(byte[] name, int start) {
    int end = start + name.length;
    return startsWith(name, start) && (end == length || buffer[end] == ':');
  }

  private boolean startsWith(byte[] prefix, int start) {
    int end = start + prefix.length;
    return end <= length && Arrays.equals(buffer, start, end, prefix, 0, prefix.length);
  }

  /** Returns where the data of a line begins; a proxy may have put the field's name there twice. */
  private int dataStart(int start) {
    int value = valueStart(start + DATA.length);
    while (startsWith(DATA, value)
        && value + DATA.length < length
        && buffer[value + DATA.length] == ':') {
      value = valueStart(value + DATA.length);
    }
    int json = value;
    while (json < length && (buffer[json] == ' ' || buffer[json] == '\t')) {
      json++;
    }
    // Of any other text, white space after the first space is a part.
    return json < length && JsonDepth.opens(buffer[json]) ? json : value;
  }

  private int valueStart(int colon) {
    int start = Math.min(colon + 1, length);
    return start < length && buffer[start] == ' ' ? start + 1 : start;
  }

  /** Servers that name their events repeat few names, so that most cost no string. */
  private String typeOf(int start) {
    if (!Arrays.equals(buffer, start, length, lastTypeBytes, 0, lastTypeBytes.length)) {
      lastTypeBytes = Arrays.copyOfRange(buffer, start, length);
      lastType = new String(lastTypeBytes, UTF_8).trim();
    }
    return lastType;
  }
}
