package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Texts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a run of a team ends: a condition, or a tree of them. */
public sealed interface EndSpec
    permits EndSpec.Any,
        EndSpec.All,
        EndSpec.Text,
        EndSpec.StopWord,
        EndSpec.Messages,
        EndSpec.Rounds,
        EndSpec.Tokens,
        EndSpec.Cost,
        EndSpec.Seconds,
        EndSpec.Handoff,
        EndSpec.SaidBy,
        EndSpec.ToolCalled,
        EndSpec.External,
        EndSpec.Custom {

  /**
   * As soon as one holds.
   *
   * @param any at least one condition
   */
  record Any(@Field(value = "Ends as soon as one of these holds.", fewest = 1) List<EndSpec> any)
      implements EndSpec {}

  /**
   * Once all have held.
   *
   * @param all at least one condition
   */
  record All(@Field(value = "Ends once all of these have held.", fewest = 1) List<EndSpec> all)
      implements EndSpec {}

  /**
   * A message contains a text.
   *
   * @param text the text; case matters
   * @param from whose messages count: agents, teams' participants, or {@code user}; empty for all
   * @param includingTopic true if the message that began the run counts too
   */
  record Text(
      @Field("Ends when a message contains this text; case matters.") String text,
      @Field(value = "Whose messages count; default everybody's.", single = true, longest = 64)
          List<String> from,
      @Field("Whether the message that began the run counts too; default false.")
          @Nullable Boolean includingTopic)
      implements EndSpec {}

  /**
   * An agent's last line is only this word.
   *
   * @param stopWord the word
   */
  record StopWord(
      @Field("Ends when the last line of an agent's message is only this word.") String stopWord)
      implements EndSpec {}

  /**
   * The run has this many messages, the first included.
   *
   * @param messages how many
   */
  record Messages(
      @Field(value = "Ends at this many messages, the first included.", least = 1) Integer messages)
      implements EndSpec {}

  /**
   * This many rounds are over.
   *
   * @param rounds how many
   */
  record Rounds(@Field(value = "Ends after this many rounds.", least = 1) Integer rounds)
      implements EndSpec {}

  /**
   * Models have used this many tokens.
   *
   * @param tokens how many
   */
  record Tokens(
      @Field(value = "Ends when models have used this many tokens.", least = 1) Long tokens)
      implements EndSpec {}

  /**
   * The models' tokens cost this much.
   *
   * @param cost the budget
   * @param inputPrice the price of a million prompt tokens
   * @param outputPrice the price of a million answer tokens
   */
  record Cost(
      @Field(value = "Ends when the tokens cost this much.", least = 0.000001) BigDecimal cost,
      @Field("The price of a million prompt tokens.") BigDecimal inputPrice,
      @Field("The price of a million answer tokens.") BigDecimal outputPrice)
      implements EndSpec {}

  /**
   * The run has lasted this long; the current speaker is cut.
   *
   * @param seconds how long
   */
  record Seconds(
      @Field(value = "Ends after this time, even in a turn.", least = 0.001, most = 2_073_600)
          Double seconds)
      implements EndSpec {}

  /**
   * An agent hands over to somebody.
   *
   * @param handoffTo an agent, or {@code user}
   */
  record Handoff(
      @Field(value = "Ends when an agent hands over to this one, or to user.", longest = 64)
          String handoffTo)
      implements EndSpec {}

  /**
   * One of these has spoken.
   *
   * @param saidBy agents, teams, or {@code user}
   */
  record SaidBy(
      @Field(value = "Ends when one of these has spoken.", single = true, fewest = 1, longest = 64)
          List<String> saidBy)
      implements EndSpec {}

  /**
   * A tool was called.
   *
   * @param toolCalled the tool's name
   */
  record ToolCalled(@Field("Ends after the turn in which this tool was called.") String toolCalled)
      implements EndSpec {}

  /**
   * The program says so.
   *
   * @param external the name under which the program finds the condition
   */
  record External(
      @Field(value = "Ends when the program sets the condition of this name.", text = Texts.ID)
          String external)
      implements EndSpec {}

  /**
   * An extension says so.
   *
   * @param custom the extension's name
   * @param settings its settings
   */
  record Custom(
      @Field(value = "Ends when an extension says so.", text = Texts.ID) String custom,
      @Field("The extension's settings.") Map<String, Object> settings)
      implements EndSpec {}
}
