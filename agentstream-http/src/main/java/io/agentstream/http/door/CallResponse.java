package io.agentstream.http.door;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the response of one call. Closes the call's {@link Passage} to the hub when the response
 * ends. Thread-safe; no method blocks.
 */
final class CallResponse {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

  /** How long the container may take to report that a write has failed. */
  private static final Duration LONGEST_REPORT = Duration.ofSeconds(5);

  private final HttpServletResponse response;
  private final RequestRest rest;
  private final ChatClock clock;
  private final Runnable onLate;
  private final AsyncContext async;
  private volatile Alarm alarm;
  private volatile @Nullable String last;

  // Guarded by this.
  private boolean refused;
  private boolean begun;
  private boolean ended;
  private boolean completed;
  private @Nullable String farewell;
  private @Nullable ResponseWriter writer;
  private @Nullable Passage passage;

  /**
   * @param onLate called if the response has not begun in time
   */
  CallResponse(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestRest rest,
      ChatClock clock,
      Runnable onLate) {
    this.response = response;
    this.rest = rest;
    this.clock = clock;
    this.onLate = onLate;
    this.async = request.startAsync();
    // A container's timeout would end a response in its middle.
    async.setTimeout(0);
    async.addListener(new CallWatch(this::over, this::broken));
    this.alarm = clock.schedule(LONGEST_SILENCE, onLate);
  }

  /** Sets how long the beginning may take from now on. */
  void setPatience(Duration longest) {
    alarm.cancel();
    alarm = clock.schedule(longest, onLate);
  }

  /** Ends the passage when the response ends; returns false if the response has begun or ended. */
  synchronized boolean attach(Passage opened) {
    if (ended || begun) {
      return false;
    }
    passage = opened;
    return true;
  }

  /** Takes note of a refusal; returns false if there is one, or the response has begun. */
  synchronized boolean refuse() {
    if (begun || ended || refused) {
      return false;
    }
    refused = true;
    return true;
  }

  synchronized boolean hasBegun() {
    return begun;
  }

  /** Begins it; returns false if it has begun or ended already. */
  boolean begin(int status, String contentType) {
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

  /** Marks the frame after which it ends, and returns the frame. */
  String last(String frame) {
    // A copy, because the mark is the object: an equal frame may be sent before.
    String marked = new String(frame);
    last = marked;
    return marked;
  }

  /** Sends a whole response, unless one has begun. */
  void answer(int status, String contentType, String text) {
    if (begin(status, contentType)) {
      leaveHub();
      setLength(text);
      write(text, failure -> end(failure == null));
    }
  }

  @SuppressWarnings("ReferenceEquality")
  void send(String frame, Consumer<@Nullable Throwable> onSent) {
    if (hasEnded()) {
      // The frame is dropped. The connection to the hub is open only for the last commands.
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
      open = new ResponseWriter(response.getOutputStream(), this::broken);
      writer = open;
      open.open();
    }
    return open;
  }

  /** Writes a last text after the frame that is being written, and ends the response. */
  void sayFarewell(String words) {
    boolean writing;
    synchronized (this) {
      if (ended) {
        return;
      }
      writing = writer != null && writer.isBusy();
      farewell = writing ? words : null;
    }
    if (writing) {
      alarm = clock.schedule(LONGEST_FAREWELL, () -> end(false));
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
    boolean reported;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      if (!begun && !completed) {
        // Without this status, a client that sent malformed HTTP would see an empty success.
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      }
      open = passage;
      reported = writer == null || !writer.isReportAwaited();
    }
    alarm.cancel();
    if (reported) {
      complete();
    } else {
      alarm = clock.schedule(LONGEST_REPORT, this::complete);
    }
    if (open != null) {
      open.end(complete, clock);
    }
  }

  /** Ends it on the container's thread, because the client has gone. */
  private void broken() {
    closeWriter();
    end(false);
    complete();
  }

  /** Takes note that the container has ended it. */
  private void over() {
    synchronized (this) {
      completed = true;
    }
    closeWriter();
    end(false);
    alarm.cancel();
  }

  private void closeWriter() {
    ResponseWriter open;
    synchronized (this) {
      open = writer;
    }
    if (open != null) {
      open.close();
    }
  }

  private void complete() {
    synchronized (this) {
      if (completed) {
        return;
      }
      completed = true;
    }
    try {
      async.complete();
    } catch (IllegalStateException e) {
      // The container has ended it: the client has gone.
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
}
