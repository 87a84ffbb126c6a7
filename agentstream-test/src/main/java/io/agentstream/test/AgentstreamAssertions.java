package io.agentstream.test;

/**
 * AssertJ assertions on a conversation's events. It can be imported statically together with
 * AssertJ's own {@code assertThat}.
 */
public final class AgentstreamAssertions {

  private AgentstreamAssertions() {}

  /** Begins an assertion on a conversation's events, from its first one on. */
  public static ConversationEventsAssert assertThat(RecordedEvents events) {
    return new ConversationEventsAssert(events);
  }
}
