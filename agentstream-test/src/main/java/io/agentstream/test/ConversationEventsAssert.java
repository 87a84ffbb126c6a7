package io.agentstream.test;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.test.EventRules.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on the events of one conversation, from its first event on. They also work during a
 * conversation: open messages and questions count as faults only after the run has ended.
 */
public final class ConversationEventsAssert
    extends AbstractAssert<ConversationEventsAssert, RecordedEvents> {

  ConversationEventsAssert(RecordedEvents actual) {
    super(actual, ConversationEventsAssert.class);
  }

  /**
   * Asserts everything that the protocol promises about a conversation's events: all assertions of
   * this class except those about content, and also that pauses alternate, that errors and ends
   * match, that ids are used once, and that the agents' usage adds up.
   */
  public ConversationEventsAssert isWellFormed() {
    return keeps(List.of(Rule.values()));
  }

  /**
   * Asserts that each token begins where the previous text ends, and that none is empty or splits a
   * character.
   */
  public ConversationEventsAssert hasGapFreeOffsets() {
    return keeps(List.of(Rule.OFFSETS));
  }

  /** Asserts that every turn that began ended exactly once. */
  public ConversationEventsAssert everyTurnEndsOnce() {
    return keeps(List.of(Rule.TURNS));
  }

  /**
   * Asserts that the joined tokens, after their resets, equal the full content and the message in
   * the history.
   */
  public ConversationEventsAssert tokensEqualContent() {
    return keeps(List.of(Rule.CONTENT));
  }

  /** Asserts that no event comes between the end of a run and the start of the next. */
  public ConversationEventsAssert hasNothingAfterTheEnd() {
    return keeps(List.of(Rule.RUNS));
  }

  /** Asserts that every tool call has one result before its message is complete. */
  public ConversationEventsAssert everyToolCallHasItsResult() {
    return keeps(List.of(Rule.TOOLS));
  }

  /** Asserts that every question to a person is resolved once before the run ends. */
  public ConversationEventsAssert everyInputIsResolved() {
    return keeps(List.of(Rule.INPUTS));
  }

  /** Asserts that the newest event is the end of a run, for this reason. */
  public ConversationEventsAssert endedWith(EndReason reason) {
    isNotNull();
    if (!actual.isEnded()) {
      throw failure("Expected the conversation to have ended, but its events are%n%s", listing());
    }
    List<ConversationEnded> ends = actual.of(ConversationEnded.class);
    ConversationEnded end = ends.get(ends.size() - 1);
    if (end.reason() != reason) {
      throw failure("Expected the end to be %s but it is %s in%n%s", reason, end, listing());
    }
    return this;
  }

  /** Asserts that the newest event is not the end of a run. */
  public ConversationEventsAssert isNotEnded() {
    isNotNull();
    if (actual.isEnded()) {
      throw failure("Expected the conversation to go on, but it ended:%n%s", listing());
    }
    return this;
  }

  /** Asserts that exactly these agents spoke, in this order, over all runs. */
  public ConversationEventsAssert spoke(String... agentNames) {
    isNotNull();
    Assertions.assertThat(actual.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentName)
        .as("who spoke")
        .containsExactly(agentNames);
    return this;
  }

  /**
   * Asserts that the history holds exactly these messages, written as {@code "Ann: Yes."},
   * beginning with the topic.
   */
  public ConversationEventsAssert said(String... messages) {
    isNotNull();
    Assertions.assertThat(actual.of(NewMessage.class))
        .extracting(message -> message.sender() + ": " + message.content())
        .as("what was said")
        .containsExactly(messages);
    return this;
  }

  /** Asserts that the events have exactly these types, as named on the wire. */
  public ConversationEventsAssert hasTypes(String... types) {
    isNotNull();
    Assertions.assertThat(actual.types()).containsExactly(types);
    return this;
  }

  private ConversationEventsAssert keeps(List<Rule> rules) {
    isNotNull();
    List<Violation> broken =
        EventRules.check(actual.all()).stream()
            .filter(violation -> rules.contains(violation.rule()))
            .toList();
    if (!broken.isEmpty()) {
      String what = broken.stream().map(Violation::toString).collect(Collectors.joining("\n  "));
      throw failure("The events break the protocol:%n  %s%nin%n%s", what, listing());
    }
    return this;
  }

  private String listing() {
    List<?> all = actual.all();
    return IntStream.range(0, all.size())
        .mapToObj(i -> "  #" + (i + 1) + " " + all.get(i))
        .collect(Collectors.joining("\n"));
  }
}
