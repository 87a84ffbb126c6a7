package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says when a run ends. Immutable: it looks at everything of the run each time, so what held once
 * goes on holding for {@link #and}, and one condition serves any number of conversations. A
 * conversation that goes on after its end begins a new run, so every count starts again.
 *
 * <p>It is asked on what began the run, and after each step: a turn is not cut because a count is
 * reached, only because a time of {@link #deadlines} is up.
 *
 * <pre>{@code
 * GroupChat.builder()
 *     .terminateWhen(textMention("APPROVED", "critic").or(tokenBudget(50_000)).or(timeout(time)))
 * }</pre>
 */
@FunctionalInterface
public interface TerminationCondition {

  /**
   * Why the run ends now; empty where it does not. Called in the conversation's serial order; must
   * not block.
   */
  Optional<Termination> check(TerminationContext run);

  /**
   * After what times of the run it is asked once more, even in the middle of a turn, which then is
   * cut if it holds; none by default.
   */
  default Set<Duration> deadlines() {
    return Set.of();
  }

  /**
   * What is asked in a run that begins now: itself by default. Only a condition that is set from
   * outside, and must tell one run from the next, returns another.
   */
  default TerminationCondition forRun() {
    return this;
  }

  /**
   * Holds once both have held, at whatever time each did. The reason is theirs where they agree,
   * else {@code terminated}. AutoGen's {@code &}.
   */
  default TerminationCondition and(TerminationCondition other) {
    return new AndTerminationCondition(this, other);
  }

  /**
   * Holds as soon as one does; the reason is that one's, this one's where both do. AutoGen's {@code
   * |}.
   */
  default TerminationCondition or(TerminationCondition other) {
    return new OrTerminationCondition(this, other);
  }

  /**
   * Ends with {@code terminated} when the run has this many messages, what began it included, and
   * those of the members of nested teams too. AutoGen's {@code MaxMessageTermination}.
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
   * Ends with {@code terminated} when a message holds this text, upper and lower case told apart.
   * What began the run does not count, unlike in AutoGen's {@code TextMentionTermination}: a task
   * like "say DONE when you are done" would end before anybody spoke. {@link
   * TextMentionTermination#includingTask} makes it count.
   *
   * @param text not empty
   * @param sources whose messages count: names of agents, or {@code user}; everybody's if none is
   *     named
   */
  static TextMentionTermination textMention(String text, String... sources) {
    return new TextMentionTermination(text, List.of(sources), false);
  }

  /** The same as {@link #stopMessage(String)} with {@code TERMINATE}. */
  static TerminationCondition stopMessage() {
    return stopMessage("TERMINATE");
  }

  /**
   * Ends with {@code terminated} when an agent's message is a request to stop: its last line is
   * this word and nothing else, but for punctuation around it. Unlike {@link #textMention} it is
   * not fooled by an agent that talks about the word.
   *
   * <p>AutoGen's {@code StopMessageTermination} waits for a message of the type {@code
   * StopMessage}, which only code can send. Here all messages are text that a model wrote, so a
   * model says it in words; one that can call tools says it more surely by {@link #functionCall}.
   *
   * @param word not blank
   */
  static TerminationCondition stopMessage(String word) {
    return new StopMessageTermination(word);
  }

  /**
   * Ends with {@code budget} when models have used this many tokens in the run, prompts and
   * answers, selectors and summaries included. The turn that passes the budget is finished first.
   * AutoGen's {@code TokenUsageTermination}.
   *
   * @param tokens from 1
   */
  static TerminationCondition tokenBudget(long tokens) {
    return new TokenUsageTermination(tokens);
  }

  /**
   * Ends with {@code budget} when what models used in the run costs this much, selectors and
   * summaries included. The turn that passes the budget is finished first. AutoGen has none.
   *
   * @param most above 0, in the currency of {@code price}
   */
  static TerminationCondition costBudget(BigDecimal most, Price price) {
    return new CostTermination(most, price);
  }

  /**
   * Ends with {@code timeout} when the run has lasted this long, pauses included; cuts whoever
   * speaks then, and keeps the text so far. AutoGen's {@code TimeoutTermination}, which waits for
   * the end of the turn.
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
   * Ends with {@code terminated} when one of these has spoken. What began the run does not count; a
   * turn without text does not either. AutoGen's {@code SourceMatchTermination}.
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
   * @param toolName as the model knows it
   */
  static TerminationCondition functionCall(String toolName) {
    return new FunctionCallTermination(toolName);
  }

  /** Ends when somebody else says so. AutoGen's {@code ExternalTermination}. */
  static ExternalTermination external() {
    return new ExternalTermination();
  }

  /**
   * Ends with {@code terminated} when the predicate holds. Called in the conversation's serial
   * order; must not block. For another {@link EndReason} implement this interface, it takes a
   * lambda. AutoGen's {@code FunctionalTermination}.
   */
  static TerminationCondition function(Predicate<? super TerminationContext> predicate) {
    return new FunctionalTermination(predicate);
  }
}
