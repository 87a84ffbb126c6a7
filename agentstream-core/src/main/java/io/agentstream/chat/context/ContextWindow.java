package io.agentstream.chat.context;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.ModelAsker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Chooses the part of the conversation that a model sees. It chooses whole utterances, so a tool
 * call is never separated from its result. Immutable; shared by all conversations of an agent.
 *
 * <p>A window affects only this prompt: viewers, selectors and conditions see everything.
 */
@FunctionalInterface
public interface ContextWindow {

  /**
   * Returns the chosen utterances. Called at the start of each turn, in the conversation's serial
   * order; must not block. If it throws, or its result fails, the turn fails.
   *
   * @param all all utterances so far, in order; the topic is the first
   * @param asker calls a model, for windows that summarise
   * @return the chosen utterances, in order
   */
  CompletionStage<List<Utterance>> view(List<Utterance> all, ModelAsker asker);

  /**
   * Returns a window that shows everything, which is the default. AutoGen's {@code
   * UnboundedChatCompletionContext}.
   */
  static ContextWindow everything() {
    return (all, asker) -> CompletableFuture.completedStage(all);
  }

  /**
   * Returns a window with only the newest {@code n} messages. The topic is dropped like any other
   * message, as in AutoGen's {@code BufferedChatCompletionContext}. {@link #headAndTail} with a
   * head of 1 keeps it.
   *
   * @param n from 1
   */
  static ContextWindow lastN(int n) {
    return new LastMessages(n);
  }

  /**
   * Returns a window with the topic and as many of the newest messages as fit into {@code tokens}
   * together with it. A note marks the gap, if there is one. The newest message is shown even if it
   * alone is too long. The messages of tool calls are counted; the system prompt and the
   * descriptions of tools are not. AutoGen's {@code TokenLimitedChatCompletionContext}, which also
   * removes messages from the middle.
   *
   * @param tokens from 1
   */
  static ContextWindow tokenLimit(int tokens, TokenEstimator estimator) {
    return new TokenLimit(tokens, estimator);
  }

  /**
   * Returns a window with the first {@code head} messages and the last {@code tail}, with a note on
   * the number of messages between them. AutoGen's {@code HeadAndTailChatCompletionContext}.
   *
   * @param head from 0
   * @param tail from 1
   */
  static ContextWindow headAndTail(int head, int tail) {
    return new HeadAndTail(head, tail);
  }

  /**
   * Returns a window with the topic, a summary of later messages, and at least the last {@code
   * keepLast} messages. The summary grows by {@code keepLast} messages at a time, based on the
   * previous summary, so the model is called once for so many messages and not before every turn.
   * Its usage counts as overhead. If the call fails, this turn gets a note in place of the messages
   * that are not summarised, and the next turn calls again. AutoGen has no such window.
   *
   * <p>The newest summaries are kept in memory, under a digest of the messages that they summarise.
   * They are not part of a conversation's state: after a restore elsewhere the model is called
   * again.
   *
   * @param model writes the summary
   * @param keepLast from 1
   */
  static ContextWindow summary(StreamingChatModel model, int keepLast) {
    return new Summary(model, keepLast);
  }
}
