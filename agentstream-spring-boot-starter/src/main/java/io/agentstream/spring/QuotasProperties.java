package io.agentstream.spring;

import io.agentstream.settings.Quotas;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of {@link Quotas}, with the same defaults.
 *
 * @param runningConversations How many conversations run at once on the server.
 * @param runningConversationsPerUser How many conversations of one user run at once.
 * @param keptConversationsPerUser How many conversations of one user are kept; beyond it, the one
 *     that ended first is removed early.
 * @param keptMegabytes How much memory all kept conversations may take, in MiB, by an estimate that
 *     is never too low. Beyond it, conversations of the user with the most memory are removed
 *     early, first the one that ended first. One user may take a quarter.
 * @param modelCallsPerHour How many calls to models the server makes in an hour.
 * @param modelCallsPerHourPerUser How many calls to models the conversations of one user make in an
 *     hour.
 * @param tokensPerDay How many tokens, of input and of output, the server uses in 24 hours; calls
 *     in progress when they are used up still complete.
 * @param tokensPerDayPerUser How many tokens the conversations of one user use in 24 hours.
 * @param anonymousConnections How many connections anonymous users hold at once.
 * @param unauthenticatedConnections How many connections may wait for authentication; beyond it,
 *     the oldest of them is closed.
 * @param unauthenticatedConnectionsPerAddress How many unauthenticated connections one address may
 *     hold.
 */
record QuotasProperties(
    @Nullable Integer runningConversations,
    @DefaultValue("100") int runningConversationsPerUser,
    @DefaultValue("500") int keptConversationsPerUser,
    @Nullable Integer keptMegabytes,
    @DefaultValue("50000") int modelCallsPerHour,
    @DefaultValue("5000") int modelCallsPerHourPerUser,
    @DefaultValue("100000000") int tokensPerDay,
    @DefaultValue("10000000") int tokensPerDayPerUser,
    @Nullable Integer anonymousConnections,
    @DefaultValue("1000") int unauthenticatedConnections,
    @DefaultValue("100") int unauthenticatedConnectionsPerAddress) {

  private static final Quotas DEFAULTS = Quotas.defaults();

  /**
   * Returns the quotas.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  Quotas toQuotas() {
    return Quotas.builder()
        .runningConversations(
            runningConversations == null ? DEFAULTS.runningConversations() : runningConversations)
        .runningConversationsPerUser(runningConversationsPerUser)
        .keptConversationsPerUser(keptConversationsPerUser)
        .keptMegabytes(keptMegabytes == null ? DEFAULTS.keptMegabytes() : keptMegabytes)
        .modelCallsPerHour(modelCallsPerHour)
        .modelCallsPerHourPerUser(modelCallsPerHourPerUser)
        .tokensPerDay(tokensPerDay)
        .tokensPerDayPerUser(tokensPerDayPerUser)
        .anonymousConnections(
            anonymousConnections == null ? DEFAULTS.anonymousConnections() : anonymousConnections)
        .unauthenticatedConnections(unauthenticatedConnections)
        .unauthenticatedConnectionsPerAddress(unauthenticatedConnectionsPerAddress)
        .build();
  }
}
