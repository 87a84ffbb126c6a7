package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Kind;
import io.agentstream.teams.internal.Texts;
import org.jspecify.annotations.Nullable;

/** The part of the conversation that a model sees. */
public sealed interface ContextSpec
    permits ContextSpec.Everything,
        ContextSpec.Last,
        ContextSpec.Tokens,
        ContextSpec.HeadAndTail,
        ContextSpec.Summary {

  /** Everything. */
  @Kind("everything")
  record Everything() implements ContextSpec {}

  /**
   * The newest messages.
   *
   * @param last how many
   */
  record Last(
      @Field(value = "Only this many of the newest messages.", least = 1, most = 100_000)
          Integer last)
      implements ContextSpec {}

  /**
   * The topic and as many of the newest messages as fit.
   *
   * @param tokens into this many tokens, estimated by length
   */
  record Tokens(
      @Field(value = "The topic and the newest messages, in at most this many tokens.", least = 1)
          Integer tokens)
      implements ContextSpec {}

  /**
   * The first messages and the last.
   *
   * @param head how many of the first
   * @param tail how many of the last
   */
  record HeadAndTail(
      @Field(value = "How many of the first messages.", most = 100_000) Integer head,
      @Field(value = "How many of the last messages.", least = 1, most = 100_000) Integer tail)
      implements ContextSpec {}

  /**
   * The topic, a summary, and the newest messages.
   *
   * @param summary how the summary is written
   */
  record Summary(@Field("The topic, a summary, and the newest messages.") Summarised summary)
      implements ContextSpec {}

  /**
   * A summary.
   *
   * @param keepLast how many of the newest messages are not summarised
   * @param model the name of the model that writes it; null for the agent's own
   */
  record Summarised(
      @Field(value = "How many of the newest messages stay as they are.", least = 1, most = 100_000)
          Integer keepLast,
      @Field(value = "The model that writes the summary; default: the agent's.", text = Texts.ID)
          @Nullable String model) {}
}
