package io.agentstream.http.door;

import io.agentstream.identity.Handshake;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.ProtocolException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request that a door has admitted. It ends exactly once: with {@link #answer}, {@link
 * #refuse}, or the last frame of its {@link HttpViewer}. Thread-safe; no method blocks.
 */
public final class HttpCall {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

  private final HttpDoor door;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private volatile Handshake handshake;
  private final AsyncContext async;
  private volatile Alarm alarm;
  private volatile @Nullable String last;
  private final RequestRest rest;

  // Guarded by this.
  private boolean refused;
  private boolean begun;
  private boolean ended;
  private @Nullable String farewell;
  private @Nullable ResponseWriter writer;
  private @Nullable Passage passage;

  HttpCall(
      HttpDoor door,
      HttpServletRequest request,
      HttpServletResponse response,
      Handshake handshake) {
    this.door = door;
    this.request = request;
    this.response = response;
    this.handshake = handshake;
    this.rest = new RequestRest(request, door.front().clock());
    this.async = request.startAsync();
    // A container's timeout would end a response in its middle.
    async.setTimeout(0);
    async.addListener(new CallWatch(() -> end(false)));
    this.alarm = alarmAfter(LONGEST_SILENCE);
  }

  private Alarm alarmAfter(Duration longest) {
    return door.front().clock().schedule(longest, () -> refuse(HttpProblem.tooLate()));
  }

  /**
   * Sets how long the beginning of the response may take from now on, 60 seconds by default; a call
   * that takes longer is refused.
   */
  public void setPatience(Duration longest) {
    alarm.cancel();
    alarm = alarmAfter(longest);
  }

  /** Returns the method, in capital letters. */
  public String method() {
    return request.getMethod();
  }

  /** Returns the path behind the door's own, decoded; {@code /} if there is none. */
  public String path() {
    String path = request.getPathInfo();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /**
   * Returns the value of a parameter of the query; null if it is missing.
   *
   * @throws ProtocolException if it is repeated or malformed
   */
  public @Nullable String query(String name) throws ProtocolException {
    return QueryString.value(request.getQueryString(), name);
  }

  /** Returns the first header of this name, in any case, or null. */
  public @Nullable String header(String name) {
    return handshake.header(name);
  }

  /** Returns the handshake that authenticates the user. */
  public Handshake handshake() {
    return handshake;
  }

  /** Returns the tickets of all doors. */
  public Tickets tickets() {
    return door.front().tickets();
  }

  /** Uses up the ticket of a GET; returns false if it has an invalid one. */
  boolean redeemsTicket() throws ProtocolException {
    String ticket = method().equals("GET") ? query("ticket") : null;
    if (ticket == null) {
      return true;
    }
    Handshake known = tickets().redeem(ticket, handshake);
    if (known != null) {
      handshake = known;
    }
    return known != null;
  }

  Runnable watchLogin(Runnable onLogout) {
    return LoginWatch.begin(request, onLogout);
  }

  /** Sets a header of the response; has no effect once the response has begun. */
  public void setHeader(String name, String value) {
    response.setHeader(name, value);
  }

  /**
   * Reads a JSON body and calls {@code then} with its text, empty if there is none. A body that is
   * longer than a message may be, that has another content type, or that is not UTF-8 is refused
   * instead.
   */
  public void readJson(BodyReader then) {
    readJson(door.front().hub().limits().maxMessageBytes(), then);
  }

  /** Does the same with another bound, for a format whose clients send more than a message. */
  public void readJson(int maxBytes, BodyReader then) {
    new JsonBody(this, request, rest, maxBytes, then).read();
  }

  /** Connects the call to the hub; called once. See {@link HttpViewer}. */
  public void connect(HttpViewer viewer) {
    Passage opened = new Passage(this, viewer);
    synchronized (this) {
      if (ended || begun) {
        return;
      }
      passage = opened;
    }
    opened.open(door.front().hub());
  }

  /**
   * Begins the response, which the frames of the viewer continue.
   *
   * @return false if it has begun already, for example with a problem; then nothing changes
   */
  public boolean begin(int status, String contentType) {
    synchronized (this) {
      if (begun || ended) {
        return false;
      }
      begun = true;
    }
    alarm.cancel();
    if (rest.isLeft()) {
      // The container closes the connection then, and a client must not use it again.
      response.setHeader("Connection", "close");
    }
    response.setStatus(status);
    response.setContentType(contentType);
    return true;
  }

  /** Marks the frame after which the response ends, and returns it. */
  public String last(String frame) {
    // A copy, because the mark is the object: an equal frame may be sent before.
    String marked = new String(frame);
    last = marked;
    return marked;
  }

  /** Sends a whole response, unless one has begun. */
  public void answer(int status, String contentType, String text) {
    if (begin(status, contentType)) {
      leaveHub();
      setLength(text);
      write(text, failure -> end(failure == null));
    }
  }

  /**
   * Refuses the call in the door's own form, unless a response has begun. A short body is received
   * first: a client that still sends would lose the response and the connection.
   */
  public void refuse(HttpProblem problem) {
    synchronized (this) {
      if (begun || ended || refused) {
        return;
      }
      refused = true;
    }
    RefusalHeaders.set(problem, response);
    rest.skip(() -> door.refuse(this, problem));
  }

  void failed(Throwable failure) {
    if (failure instanceof ProtocolException refused) {
      refuse(HttpProblem.of(refused.code(), refused.reason()));
      return;
    }
    HttpDoor.logDefect(failure);
    refuse(HttpProblem.internal());
  }

  @SuppressWarnings("ReferenceEquality")
  void send(String frame, Consumer<@Nullable Throwable> onSent) {
    if (hasEnded()) {
      // Only the viewer's last commands are still of interest.
      onSent.accept(null);
      return;
    }
    boolean isLast = frame == last;
    if (isLast && isWhole()) {
      // So that a client notices where the response was cut.
      setLength(frame);
    }
    write(
        frame,
        failure -> {
          sent(isLast, failure);
          onSent.accept(failure);
        });
  }

  private void write(String text, Consumer<@Nullable Throwable> onWritten) {
    ResponseWriter open;
    try {
      open = writer();
    } catch (IOException | RuntimeException e) {
      onWritten.accept(e);
      return;
    }
    open.write(text, onWritten);
  }

  private synchronized ResponseWriter writer() throws IOException {
    ResponseWriter open = writer;
    if (open == null) {
      if (!begun) {
        throw new IllegalStateException("The response has not begun: call begin(…) before a frame");
      }
      open = new ResponseWriter(response.getOutputStream(), () -> end(false));
      writer = open;
      open.open();
    }
    return open;
  }

  /** The hub closes the connection. */
  void closedByHub(int closeCode, String reason, @Nullable String lastWords) {
    boolean running;
    synchronized (this) {
      running = begun;
      if (ended) {
        return;
      }
    }
    if (!running) {
      refuse(HttpProblem.ofClose(closeCode, reason));
    } else if (lastWords == null || closeCode == CloseCode.TOO_SLOW.code()) {
      end(false);
    } else {
      sayFarewell(lastWords);
    }
  }

  /** Writes the last words, after the frame that is being written. */
  private void sayFarewell(String words) {
    boolean writing;
    synchronized (this) {
      writing = writer != null && writer.isBusy();
      farewell = writing ? words : null;
    }
    if (writing) {
      alarm = door.front().clock().schedule(LONGEST_FAREWELL, () -> end(false));
    } else {
      write(words, failure -> end(failure == null));
    }
  }

  private void sent(boolean isLast, @Nullable Throwable failure) {
    String words;
    synchronized (this) {
      words = farewell;
      farewell = null;
    }
    if (failure != null || isLast) {
      end(failure == null);
    } else if (words != null) {
      write(words, broken -> end(broken == null));
    }
  }

  private void leaveHub() {
    Passage open;
    synchronized (this) {
      open = passage;
    }
    if (open != null) {
      open.leave();
    }
  }

  void end(boolean complete) {
    Passage open;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      open = passage;
    }
    alarm.cancel();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      // The container has ended it: the client has gone.
    }
    if (open != null) {
      open.end(complete, door.front().clock());
    }
  }

  private void setLength(String text) {
    response.setContentLength(text.getBytes(StandardCharsets.UTF_8).length);
  }

  private synchronized boolean isWhole() {
    return writer == null;
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  /** Receives a body. */
  @FunctionalInterface
  public interface BodyReader {
    /**
     * Receives the text, on any thread; must not block.
     *
     * @throws Exception as in {@link HttpDoor#serve}
     */
    void read(String text) throws Exception;
  }
}
