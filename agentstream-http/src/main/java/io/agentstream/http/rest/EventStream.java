package io.agentstream.http.rest;

import io.agentstream.event.StreamedText;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpProblem;
import io.agentstream.http.door.HttpViewer;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as server-sent events. The data of each is a frame of the protocol; the id
 * of an event and of a snapshot is its place, from which a client continues.
 */
final class EventStream implements HttpViewer, ConversationEncoder {

  private static final String CONTENT_TYPE = "text/event-stream;charset=utf-8";
  private static final int OK = 200;
  private static final String PING = ": ping\n\n";

  private final HttpCall call;
  private final String join;
  private volatile boolean begun;

  EventStream(HttpCall call, String join) {
    this.call = call;
    this.join = join;
  }

  @Override
  public void ready(ViewerConnection connection) {
    connection.receive(join, true);
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof ControlFrame.Refused refused) {
      call.refuse(HttpProblem.of(refused.error()));
    } else if (frame instanceof ControlFrame.Joined) {
      // nginx would otherwise collect events before it passes them on.
      call.setHeader("X-Accel-Buffering", "no");
      begun = call.begin(OK, CONTENT_TYPE);
    }
    if (begun) {
      frames.accept(written(frame, millis));
    }
  }

  private String written(ControlFrame frame, long millis) {
    if (frame instanceof ControlFrame.Ping) {
      return PING;
    }
    String message = EventText.of(FrameEncoder.control(frame, millis, null));
    return frame instanceof ControlFrame.Left ? call.last(message) : message;
  }

  @Override
  public String lastWords(int closeCode, String reason) {
    return "event: close\ndata: {\"code\":" + closeCode + ",\"reason\":\"" + reason + "\"}\n\n";
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    return this;
  }

  @Override
  public void entry(JournalEntry entry, Consumer<String> frames) {
    frames.accept(EventText.of(entry));
  }

  @Override
  public void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
    frames.accept(
        EventText.of(
            last.epoch(),
            last.seq(),
            FrameEncoder.tokens(
                first.conversationId(),
                first.seq(),
                last.seq(),
                (StreamedText) first.event(),
                text)));
  }

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    Snapshot.Content content = snapshot.content();
    frames.accept(
        EventText.of(content.epoch(), content.seq(), FrameEncoder.control(snapshot, millis, null)));
  }
}
