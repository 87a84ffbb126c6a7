package io.agentstream.delivery;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.time.ChatClock;
import java.util.concurrent.Executor;

/**
 * What the meters of all conversations of a hub share. Safe from any thread.
 *
 * @param admission bounds how often runs begin
 * @param accounts bounds what they use of the models
 * @param kept bounds what they take up of the heap
 */
record Meters(
    Limits limits,
    ChatClock clock,
    Admission admission,
    Accounts accounts,
    KeptConversations kept) {

  static Meters of(
      Limits limits, Quotas quotas, ChatClock clock, Admission admission, Executor executor) {
    return new Meters(
        limits,
        clock,
        admission,
        new Accounts(quotas, clock),
        new KeptConversations(quotas, executor));
  }

  /** Makes the meter of a conversation about to start. */
  ConversationMeter open(Party party) {
    ConversationMeter meter = new ConversationMeter(this, accounts.of(party));
    kept.opened(meter, ConversationMeter.BASE_BYTES);
    return meter;
  }
}
