package io.agentstream.http.openai;

import io.agentstream.event.Usage;
import java.util.function.Consumer;

/**
 * Writes one completion: in pieces, or as a whole. Used by one thread at a time, except {@link
 * #stillWorks}, which any thread may call.
 */
interface Answer {

  /** Begins a speaker, perhaps beside others. */
  void begins(String messageId, String speaker);

  /**
   * Adds to a speaker's text.
   *
   * @param offset the length of its text before
   * @param millis now, in milliseconds since 1970
   */
  void says(String messageId, int offset, String text, long millis, Consumer<String> frames);

  /** Removes a speaker's text from {@code offset} on. */
  void takesBack(String messageId, int offset, Consumer<String> frames);

  /** Ends a speaker. */
  void ends(String messageId, String fullText, Consumer<String> frames);

  /** Adds a sentence that no speaker says. */
  void note(String sentence, Consumer<String> frames);

  /** Shows the client that the server still works. */
  void stillWorks(Consumer<String> frames);

  /**
   * Completes the answer.
   *
   * @param finishReason a finish reason of OpenAI
   * @param usage the tokens used by all models
   */
  void complete(String finishReason, Usage usage, Consumer<String> frames);

  /** Ends the answer with an error; {@code usage} is what the models have used until then. */
  void fail(OpenAiError error, Usage usage, Consumer<String> frames);
}
