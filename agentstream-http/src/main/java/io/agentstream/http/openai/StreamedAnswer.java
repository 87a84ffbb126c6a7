package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.Usage;
import io.agentstream.http.door.HttpCall;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A completion in chunks, as server-sent events. The response begins with the first text, so that a
 * failure before it has a status of its own.
 */
final class StreamedAnswer implements Answer {

  private static final String OK_TYPE = "text/event-stream;charset=utf-8";
  private static final int OK = 200;

  private final HttpCall call;
  private final AnswerHead head;
  private final boolean withUsage;
  private final Speeches speeches;
  private boolean spoken;
  private volatile boolean begun;

  /**
   * @param names true if each message begins with its speaker's name
   */
  StreamedAnswer(HttpCall call, AnswerHead head, boolean withUsage, boolean names) {
    this.call = call;
    this.head = head;
    this.withUsage = withUsage;
    this.speeches = new Speeches(names);
  }

  @Override
  public void begins(String messageId, String speaker) {
    speeches.begins(messageId, speaker);
  }

  @Override
  public void says(
      String messageId, int offset, String text, long millis, Consumer<String> frames) {
    speeches.says(messageId, offset, text);
    write(frames);
  }

  @Override
  public void takesBack(String messageId, int offset, Consumer<String> frames) {
    speeches.takesBack(messageId, offset);
    write(frames);
  }

  @Override
  public void ends(String messageId, String fullText, Consumer<String> frames) {
    speeches.ends(messageId, fullText);
    write(frames);
  }

  @Override
  public void note(String sentence, Consumer<String> frames) {
    speeches.note(sentence);
    write(frames);
  }

  @Override
  public void stillWorks(Consumer<String> frames) {
    begin();
    frames.accept(": still working\n\n");
  }

  @Override
  public void complete(String finishReason, Usage usage, Consumer<String> frames) {
    speeches.endAll();
    write(frames);
    begin();
    nameRole(frames);
    frames.accept(chunk(null, finishReason));
    if (withUsage) {
      ObjectNode last = head.object("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", AnswerHead.usage(usage));
      frames.accept(event(last));
    }
    frames.accept(call.last("data: [DONE]\n\n"));
  }

  @Override
  public void fail(OpenAiError error, Usage usage, Consumer<String> frames) {
    boolean first = !begun && call.begin(error.status(), OpenAiError.JSON);
    frames.accept(call.last(first ? error.toJson() : "data: " + error.toJson() + "\n\n"));
  }

  private void begin() {
    if (!begun) {
      begun = true;
      call.setHeader("X-Accel-Buffering", "no");
      call.begin(OK, OK_TYPE);
    }
  }

  private void write(Consumer<String> frames) {
    String text = speeches.take();
    if (text == null) {
      return;
    }
    begin();
    nameRole(frames);
    frames.accept(chunk(text, null));
  }

  /** Writes the first chunk, without which some clients have no message. */
  private void nameRole(Consumer<String> frames) {
    if (!spoken) {
      spoken = true;
      frames.accept(chunk("", null));
    }
  }

  /**
   * @param text what was said; empty for the chunk that names the role; null for none
   */
  private String chunk(@Nullable String text, @Nullable String finishReason) {
    ObjectNode chunk = head.object("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    if (text != null) {
      if (text.isEmpty()) {
        delta.put("role", "assistant");
      }
      delta.put("content", text);
    }
    choice.put("finish_reason", finishReason);
    if (withUsage) {
      chunk.putNull("usage");
    }
    return event(chunk);
  }

  private static String event(ObjectNode data) {
    return "data: " + data + "\n\n";
  }
}
