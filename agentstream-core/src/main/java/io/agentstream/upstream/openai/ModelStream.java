package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.agentstream.event.ErrorCause;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.upstream.LenientJson;
import io.agentstream.upstream.ModelServerException;
import io.agentstream.upstream.ServerComplaint;
import io.agentstream.upstream.StreamSink;
import io.agentstream.upstream.UpstreamCall;
import io.agentstream.upstream.UpstreamHttpException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Streams one answer from a server to a handler. If the server refuses a parameter that we can do
 * without, it sends the request again; for the observer of calls, both requests are one call.
 *
 * <p>Its methods are synchronized, because the alarm that ends a finished answer rings on another
 * thread than the stream's. {@link #cancel} is not, so that a handler may call it from any thread.
 */
final class ModelStream implements StreamSink, UpstreamCall, StreamingHandle {

  /** How long after its finish reason an answer waits for the usage and the end of the stream. */
  static final Duration AFTER_FINISH = Duration.ofSeconds(5);

  private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

  private static final Pattern ERROR_TEXT =
      Pattern.compile("[\\[\"\\s]*(?:error|<!doctype|<html)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern DONE_TEXT =
      Pattern.compile("[\\[\"\\s]*done[\\]\"\\s]*", Pattern.CASE_INSENSITIVE);

  private final Connection connection;
  private final ChatRequest request;
  private final StreamingChatResponseHandler handler;
  private final ChunkScanner scanner = new ChunkScanner();
  private final Answer answer;
  private final ChunkReader reader;
  private final UnreadFields unread = new UnreadFields();
  private final Set<Quirk> tried = EnumSet.noneOf(Quirk.class);

  private JsonNode sent = LenientJson.MAPPER.createObjectNode();
  private Alarm alarm = () -> {};
  private boolean finishSeen;
  private int piecesAtAlarm;
  private int emptyEvents;
  private boolean strayLogged;
  private boolean doneSeen;
  private boolean over;
  private volatile boolean cancelled;
  private volatile @Nullable UpstreamCall call;

  ModelStream(Connection connection, ChatRequest request, StreamingChatResponseHandler handler) {
    this.connection = connection;
    this.request = request;
    this.handler = handler;
    this.answer = new Answer(handler, this);
    this.reader = new ChunkReader(answer);
  }

  synchronized void send() {
    if (!cancelled) {
      Set<Quirk> quirks = quirks().with(tried);
      sent = connection.writer().write(request, quirks);
      connection.send(sent, this);
    }
  }

  private Quirks quirks() {
    return connection.quirks(request.modelName());
  }

  @Override
  public void cancel() {
    cancelled = true;
    UpstreamCall call = this.call;
    if (call != null) {
      call.cancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public boolean showedLife() {
    UpstreamCall call = this.call;
    return call != null && call.showedLife();
  }

  @Override
  public void onCall(UpstreamCall call) {
    this.call = call;
    if (cancelled) {
      call.cancel();
    }
  }

  @Override
  public synchronized void onEvent(@Nullable String type, byte[] bytes, int from, int to) {
    if (over || isDone(bytes, from, to)) {
      return;
    }
    try {
      if ("error".equals(type)) {
        complain(ServerComplaint.of(0, new String(bytes, from, to - from, UTF_8)));
      } else if (!scan(bytes, from, to)) {
        readAll(bytes, from, to);
      }
    } catch (ComplaintException e) {
      complain(e.complaint());
    } catch (ModelServerException e) {
      fail(e);
    }
  }

  @Override
  public synchronized void onJson(byte[] bytes, int from, int to) {
    onEvent(null, bytes, from, to);
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    return to - from > 1 && bytes[from] == DONE[0] && bytes[from + 1] == DONE[1];
  }

  /** Reads an event that may hold several chunks in a row, also with {@code data:} between them. */
  private void readAll(byte[] bytes, int from, int to) {
    int start = from;
    do {
      int end = LenientJson.endOfFirst(bytes, start, to);
      readTree(bytes, start, end, to);
      start = GluedEvents.next(bytes, end, to);
      doneSeen |= isDone(bytes, start, to);
    } while (!over && start < to && bytes[start] == '{');
  }

  /** Takes a usual chunk. Returns false for any other chunk, and takes nothing of it. */
  private boolean scan(byte[] bytes, int from, int to) {
    if (!scanner.scan(bytes, from, to)) {
      return false;
    }
    String thinking = scanner.thinking().decode();
    String text = scanner.content().decode();
    if (thinking == null || text == null) {
      return false;
    }
    if (thinking.isEmpty() && text.isEmpty()) {
      if (answer.saysNothing()) {
        // Perhaps the text is in a field that the scanner skips.
        return false;
      }
      countEmpty();
    }
    if (!reader.isAnswer(0)) {
      return true;
    }
    answer.thinking(thinking, scanner.thinkingField());
    answer.text(text);
    return true;
  }

  private void readTree(byte[] bytes, int from, int to, int eventEnd) {
    JsonNode json = LenientJson.read(bytes, from, to);
    int before = answer.pieces();
    if (json == null && bytes[from] == '{') {
      throw new ModelServerException(
          ErrorCause.BROKEN_STREAM, "an event of its stream is JSON that breaks off", false);
    }
    if (json == null || !(json.isContainerNode() || holdsJson(json))) {
      stray(new String(bytes, from, eventEnd - from, UTF_8));
      countEmpty();
    } else if (!reader.read(json)) {
      countEmpty();
    }
    if (json != null && answer.pieces() == before && answer.saysNothing()) {
      unread.look(json, reader::isAnswer);
    }
    if (!finishSeen && answer.isFinished()) {
      finishSeen = true;
      awaitEnd();
    }
  }

  /** Returns true for a chunk that a proxy has written into a string. */
  private static boolean holdsJson(JsonNode json) {
    return json.isTextual() && json.textValue().startsWith("{");
  }

  private void awaitEnd() {
    piecesAtAlarm = answer.pieces();
    alarm = connection.schedule(AFTER_FINISH, this::endWithoutMore);
  }

  private void stray(String text) {
    if (ERROR_TEXT.matcher(text).lookingAt()) {
      throw new ComplaintException(ServerComplaint.of(0, text));
    }
    if (DONE_TEXT.matcher(text).matches()) {
      doneSeen = true;
      return;
    }
    unread.lookAtText();
    if (!strayLogged) {
      strayLogged = true;
      connection
          .log()
          .debug(
              "Model server {} sent an event that is not JSON; it is skipped, and so are more of its"
                  + " kind in this answer",
              connection.server());
    }
  }

  private void countEmpty() {
    if (++emptyEvents > AnswerLimits.EMPTY_EVENTS) {
      throw AnswerLimits.passed(
          "its stream", AnswerLimits.EMPTY_EVENTS + " events with nothing in them");
    }
  }

  /** Ends a finished answer whose server neither ends the stream nor sends anything. */
  private synchronized void endWithoutMore() {
    if (over) {
      return;
    }
    if (answer.pieces() > piecesAtAlarm) {
      // Some servers put a finish reason into each chunk, although the answer continues.
      awaitEnd();
    } else {
      hangUp();
      complete(true);
    }
  }

  @Override
  public synchronized void onEnd(boolean done) {
    if (over) {
      return;
    }
    ServerComplaint note = reader.lastNote();
    boolean ended = done || doneSeen;
    if (note != null && !(ended && answer.hasBegun())) {
      fail(note.toException());
    } else if (answer.isNothing()) {
      over = true;
      handler.onError(unread.ofNothing(ended));
    } else {
      complete(ended);
    }
  }

  private void complete(boolean done) {
    ModelServerException lack = answer.lackOfCalls();
    ModelServerException flaw = lack != null ? lack : unread.ofEnded(answer);
    if (flaw != null) {
      fail(flaw);
      return;
    }
    over = true;
    alarm.cancel();
    quirks().learn(tried, connection.log());
    answer.complete(done, connection.ids());
  }

  @Override
  public synchronized void onFailure(Throwable failure) {
    if (over) {
      return;
    }
    if (answer.isFinished() && failure instanceof IOException) {
      // The answer is complete; only the end of its stream is lost.
      complete(true);
      return;
    }
    if (!(failure instanceof UpstreamHttpException refusal) || !askAgainAfter(refusal)) {
      over = true;
      alarm.cancel();
      handler.onError(failure);
    }
  }

  private boolean askAgainAfter(UpstreamHttpException refusal) {
    ServerComplaint complaint = refusal.complaint();
    // The text of a 5xx may name a parameter for any reason, unless it also says that it is
    // refused.
    return complaint.cause() != ErrorCause.SERVER_ERROR && askAgain(complaint);
  }

  private void complain(ServerComplaint complaint) {
    UpstreamCall refused = call;
    if (!answer.hasBegun() && askAgain(complaint)) {
      if (refused != null) {
        refused.cancel();
      }
    } else {
      fail(complaint.toException());
    }
  }

  private boolean askAgain(ServerComplaint complaint) {
    Quirk quirk = cancelled ? null : Quirk.of(sent, complaint, tried);
    if (quirk == null) {
      return false;
    }
    tried.add(quirk);
    try {
      send();
    } catch (RuntimeException e) {
      over = true;
      handler.onError(e);
    }
    return true;
  }

  private void fail(ModelServerException failure) {
    over = true;
    alarm.cancel();
    hangUp();
    handler.onError(failure);
  }

  private void hangUp() {
    UpstreamCall call = this.call;
    if (call != null) {
      call.cancel();
    }
  }
}
