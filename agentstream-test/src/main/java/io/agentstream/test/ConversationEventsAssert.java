package io.agentstream.test;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.test.EventRules.Rule;
import io.agentstream.test.EventRules.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on the events of one conversation, from its first one on. A conversation still under
 * way can be looked at too: what is open is no fault until the run has ended.
 */
public final class ConversationEventsAssert
    extends AbstractAssert<ConversationEventsAssert, RecordedEvents> {

  ConversationEventsAssert(RecordedEvents actual) {
    super(actual, ConversationEventsAssert.class);
  }

  /**
   * Everything that the protocol promises of a conversation's events: all assertions here but those
   * that say what was said, and that pauses alternate, that errors and endings fit together, that
   * ids are used once, and that what each agent used adds up.
   */
  public ConversationEventsAssert isWellFormed() {
    return keeps(List.of(Rule.values()));
  }

  /** Each token begins where the text before it ends; none is empty or splits a character. */
  public ConversationEventsAssert hasGapFreeOffsets() {
    return keeps(List.of(Rule.OFFSETS));
  }

  /** Every speaker who took the floor left it, once. */
  public ConversationEventsAssert everyTurnEndsOnce() {
    return keeps(List.of(Rule.TURNS));
  }

  /** Tokens joined, after their resets, are the full content and the message in history. */
  public ConversationEventsAssert tokensEqualContent() {
    return keeps(List.of(Rule.CONTENT));
  }

  /** Nothing comes between the end of a run and the start of the next. */
  public ConversationEventsAssert hasNothingAfterTheEnd() {
    return keeps(List.of(Rule.RUNS));
  }

  /** Every tool call has one result, before its message is over. */
  public ConversationEventsAssert everyToolCallHasItsResult() {
    return keeps(List.of(Rule.TOOLS));
  }

  /** Every question to a person is resolved once, before the run is over. */
  public ConversationEventsAssert everyInputIsResolved() {
    return keeps(List.of(Rule.INPUTS));
  }

  /** The newest event is the end of a run, for this reason. */
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

  /** The newest event is not the end of a run. */
  public ConversationEventsAssert isNotEnded() {
    isNotNull();
    if (actual.isEnded()) {
      throw failure("Expected the conversation to go on, but it ended:%n%s", listing());
    }
    return this;
  }

  /** These took the floor, in this order, over all runs. */
  public ConversationEventsAssert spoke(String... agentNames) {
    isNotNull();
    Assertions.assertThat(actual.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentName)
        .as("who spoke")
        .containsExactly(agentNames);
    return this;
  }

  /** The history holds exactly these, written {@code "Ann: Yes."}, the topic first. */
  public ConversationEventsAssert said(String... messages) {
    isNotNull();
    Assertions.assertThat(actual.of(NewMessage.class))
        .extracting(message -> message.sender() + ": " + message.content())
        .as("what was said")
        .containsExactly(messages);
    return this;
  }

  /** The events are of exactly these types, as named on the wire. */
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
