package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides when a run ends. Immutable: it examines the whole run each time, so a condition that held
 * once continues to hold for {@link #and}, and one condition serves any number of conversations. A
 * conversation that continues after its end begins a new run, and every count restarts.
 *
 * <p>It is evaluated on the message that began the run, and after each step. A turn is never cut
 * because a count is reached, only because a deadline of {@link #deadlines} has passed.
 *
 * <pre>{@code
 * GroupChat.builder()
 *     .terminateWhen(textMention("APPROVED", "critic").or(tokenBudget(50_000)).or(timeout(time)))
 * }</pre>
 */
@FunctionalInterface
public interface TerminationCondition {

  /**
   * Returns the reason why the run ends now; empty if it continues. Called in the conversation's
   * serial order; must not block.
   */
  Optional<Termination> check(TerminationContext run);

  /**
   * Returns the times of the run at which the condition is evaluated additionally, even in the
   * middle of a turn; if it then holds, the turn is cut. Default: none.
   */
  default Set<Duration> deadlines() {
    return Set.of();
  }

  /**
   * Returns the condition for a run that begins now; default: this condition. Only a condition that
   * is set from outside, and must distinguish runs, returns another.
   */
  default TerminationCondition forRun() {
    return this;
  }

  /**
   * Returns a condition that holds once both have held, each at any time. Its reason is their
   * common one, or else {@code terminated}. AutoGen's {@code &}.
   */
  default TerminationCondition and(TerminationCondition other) {
    return new AndTerminationCondition(this, other);
  }

  /**
   * Returns a condition that holds as soon as one does, with that one's reason; if both do, with
   * this one's. AutoGen's {@code |}.
   */
  default TerminationCondition or(TerminationCondition other) {
    return new OrTerminationCondition(this, other);
  }

  /**
   * Ends with {@code terminated} when the run has this many messages, including the one that began
   * it and those of nested teams. AutoGen's {@code MaxMessageTermination}.
   *
   * @param messages from 1, with which nobody speaks
   */
  static TerminationCondition maxMessages(int messages) {
    return new MaxMessageTermination(messages);
  }

  /**
   * Ends with {@code max_rounds} when this many rounds of the run are over: the same as the chat's
   * own {@code maxRounds}, for composing. AutoGen's {@code max_turns}.
   *
   * @param rounds from 1
   */
  static TerminationCondition maxRounds(int rounds) {
    return new MaxRoundTermination(rounds);
  }

  /**
   * Ends with {@code terminated} when a message contains this text; case matters. The message that
   * began the run does not count, unlike in AutoGen's {@code TextMentionTermination}: a topic like
   * "say DONE when you are done" would end before anybody spoke. {@link
   * TextMentionTermination#includingTopic} makes it count.
   *
   * @param text not empty
   * @param sources the senders whose messages count: names of agents, or {@code user}; all if none
   *     is named
   */
  static TextMentionTermination textMention(String text, String... sources) {
    return new TextMentionTermination(text, List.of(sources), false);
  }

  /** Works like {@link #stopMessage(String)} with {@code TERMINATE}. */
  static TerminationCondition stopMessage() {
    return stopMessage("TERMINATE");
  }

  /**
   * Ends with {@code terminated} when an agent's message is a request to stop: its last line is
   * only this word, ignoring punctuation around it. Unlike {@link #textMention}, it does not end
   * when an agent merely talks about the word.
   *
   * <p>AutoGen's {@code StopMessageTermination} waits for a message of the type {@code
   * StopMessage}, which only code can send. Here all messages are a model's text, so the model
   * writes the word; for a model that can call tools, {@link #functionCall} is more reliable.
   *
   * @param word not blank
   */
  static TerminationCondition stopMessage(String word) {
    return new StopMessageTermination(word);
  }

  /**
   * Ends with {@code budget} when models have used this many tokens in the run, prompts and
   * answers, selectors and summaries included. The turn that exceeds the budget is finished first.
   * AutoGen's {@code TokenUsageTermination}.
   *
   * @param tokens from 1
   */
  static TerminationCondition tokenBudget(long tokens) {
    return new TokenUsageTermination(tokens);
  }

  /**
   * Ends with {@code budget} when the models' usage in the run costs this much, including selectors
   * and summaries. The turn that exceeds the budget is finished first. AutoGen has no such
   * condition.
   *
   * @param most the budget, above 0, in the currency of {@code price}
   */
  static TerminationCondition costBudget(BigDecimal most, Price price) {
    return new CostTermination(most, price);
  }

  /**
   * Ends with {@code timeout} when the run has lasted this long, pauses included. It cuts current
   * speakers and keeps their text so far; AutoGen's {@code TimeoutTermination} waits for the end of
   * the turn.
   *
   * @param time above 0
   */
  static TerminationCondition timeout(Duration time) {
    return new TimeoutTermination(time);
  }

  /**
   * Ends with {@code terminated} when an agent hands over to this target. AutoGen's {@code
   * HandoffTermination}.
   *
   * @param target the name of an agent, or {@code user}
   */
  static TerminationCondition handoff(String target) {
    return new HandoffTermination(target);
  }

  /**
   * Ends with {@code terminated} when one of these has spoken. The message that began the run does
   * not count, and neither does a turn without text. AutoGen's {@code SourceMatchTermination}.
   *
   * @param names of agents, of teams among them, or {@code user}; at least one
   */
  static TerminationCondition sourceMatch(String... names) {
    return new SourceMatchTermination(Set.of(names));
  }

  /**
   * Ends with {@code terminated} after the turn in which an agent of this team called the tool.
   * AutoGen's {@code FunctionCallTermination}.
   *
   * @param toolName the tool's name for the model
   */
  static TerminationCondition functionCall(String toolName) {
    return new FunctionCallTermination(toolName);
  }

  /** Ends when it is set from outside. AutoGen's {@code ExternalTermination}. */
  static ExternalTermination external() {
    return new ExternalTermination();
  }

  /**
   * Ends with {@code terminated} when the predicate holds. Called in the conversation's serial
   * order; must not block. For another {@link EndReason}, implement this interface, for example
   * with a lambda. AutoGen's {@code FunctionalTermination}.
   */
  static TerminationCondition function(Predicate<? super TerminationContext> predicate) {
    return new FunctionalTermination(predicate);
  }
}
