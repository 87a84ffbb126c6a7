package io.agentstream.hub;

import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.internal.Admission;
import io.agentstream.viewer.internal.HubSettings;
import java.util.function.Predicate;

/**
 * The state that the meters of all conversations of a hub share. Thread-safe.
 *
 * @param admission bounds how often runs begin
 * @param accounts bounds their model usage
 * @param kept bounds their heap
 */
record Meters(
    Limits limits,
    ChatClock clock,
    Admission admission,
    Accounts accounts,
    KeptConversations kept) {

  /**
   * @param isAwaited as in {@link KeptConversations}
   */
  static Meters of(HubSettings settings, Admission admission, Predicate<String> isAwaited) {
    return new Meters(
        settings.limits(),
        settings.clock(),
        admission,
        new Accounts(settings.quotas(), settings.clock()),
        new KeptConversations(settings.quotas(), settings.executor(), isAwaited));
  }
}
