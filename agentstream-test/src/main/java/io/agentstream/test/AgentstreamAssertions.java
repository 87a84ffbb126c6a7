package io.agentstream.test;

/**
 * AssertJ assertions on what happened in a conversation. Goes together with a static import of
 * AssertJ's own {@code assertThat}.
 */
public final class AgentstreamAssertions {

  private AgentstreamAssertions() {}

  /** Begins an assertion on a conversation's events, from its first one on. */
  public static ConversationEventsAssert assertThat(RecordedEvents events) {
    return new ConversationEventsAssert(events);
  }
}
