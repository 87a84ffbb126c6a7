package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.Usage;
import io.agentstream.http.door.HttpCall;
import java.util.function.Consumer;

/**
 * A completion as one JSON object. While the team talks, the response gets a line break now and
 * then, which JSON allows: this is how a server notices that a client has gone. The response begins
 * with the first text, so that a failure before it has a status of its own.
 */
final class WholeAnswer implements Answer {

  private static final int OK = 200;
  private static final long MILLIS_BETWEEN_SIGNS = 1_000;
  private static final String SIGN_OF_LIFE = "\n";

  private final HttpCall call;
  private final AnswerHead head;
  private final Speeches speeches;
  private long lastSign;
  private volatile boolean begun;

  /**
   * @param names true if each message begins with its speaker's name
   */
  WholeAnswer(HttpCall call, AnswerHead head, boolean names) {
    this.call = call;
    this.head = head;
    this.speeches = new Speeches(names);
  }

  @Override
  public void begins(String messageId, String speaker) {
    speeches.begins(messageId, speaker);
  }

  @Override
  public void says(
      String messageId, int offset, String text, long millis, Consumer<String> frames) {
    // The text is taken when it is complete, so that nothing in it has to be taken back.
    begin();
    if (millis - lastSign >= MILLIS_BETWEEN_SIGNS) {
      lastSign = millis;
      frames.accept(SIGN_OF_LIFE);
    }
  }

  @Override
  public void takesBack(String messageId, int offset, Consumer<String> frames) {
    // Nothing has been taken yet.
  }

  @Override
  public void ends(String messageId, String fullText, Consumer<String> frames) {
    speeches.ends(messageId, fullText);
  }

  @Override
  public void note(String sentence, Consumer<String> frames) {
    speeches.note(sentence);
  }

  @Override
  public void stillWorks(Consumer<String> frames) {
    if (begun) {
      frames.accept(SIGN_OF_LIFE);
    }
  }

  @Override
  public void complete(String finishReason, Usage usage, Consumer<String> frames) {
    speeches.endAll();
    String text = speeches.take();
    ObjectNode answer = head.object("chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject();
    choice.put("index", 0);
    ObjectNode message = choice.putObject("message");
    message.put("role", "assistant");
    message.put("content", text == null ? "" : text);
    message.putNull("refusal");
    choice.putNull("logprobs");
    choice.put("finish_reason", finishReason);
    answer.set("usage", AnswerHead.usage(usage));
    begin();
    frames.accept(call.last(answer.toString()));
  }

  @Override
  public void fail(OpenAiError error, Usage usage, Consumer<String> frames) {
    if (begun) {
      // The status says that there is an answer: it is what was said so far.
      speeches.note(error.message());
      complete(FinishReasons.INCOMPLETE, usage, frames);
    } else {
      begun = true;
      call.begin(error.status(), OpenAiError.JSON);
      frames.accept(call.last(error.toJson()));
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      call.begin(OK, OpenAiError.JSON);
    }
  }
}
