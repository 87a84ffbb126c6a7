package io.agentstream.spring;

import io.agentstream.settings.Limits;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of {@link Limits}, with the same defaults.
 *
 * @param maxAgents The maximum number of agents in a conversation that a viewer starts.
 * @param maxRounds The maximum number of rounds that a viewer may choose.
 * @param maxTopicChars The longest topic, in UTF-16 code units.
 * @param maxMessageBytes The longest message from a viewer, in bytes over all its fragments.
 * @param maxAnswerChars The longest answer of a model, in UTF-16 code units; the call is aborted
 *     beyond it.
 * @param maxToolResultChars The longest part of a tool's result that is sent to a model, in UTF-16
 *     code units.
 * @param maxConversationChars How much text one conversation may hold: messages, thinking, and the
 *     arguments and results of tools, in UTF-16 code units; a run that exceeds it ends with budget.
 * @param maxConversationMessages How many messages one conversation may hold; a run that exceeds it
 *     ends with budget.
 * @param maxWaitingMessages How many messages of people may wait for the end of a turn.
 * @param journalEvents How many events of one conversation the journal keeps for replay.
 * @param journalChars How much text those events may hold together, in UTF-16 code units.
 * @param journalSeconds How long an event is kept for replay, checked when the next one arrives.
 * @param connectionsPerAddress How many connections of anonymous viewers one address may hold at
 *     once; 0 for no limit.
 * @param connectionsPerUser How many connections one known user may hold at once; 0 for no limit.
 * @param conversationsPerConnection How many conversations one connection may view at once; 0 for
 *     no limit.
 * @param startsPerMinute How many runs one user, or one address of anonymous viewers, may begin in
 *     a minute; 0 for no limit.
 * @param messagesPerMinute How many messages of any kind one user, or one anonymous connection, may
 *     send in a minute; 0 for no limit.
 * @param maxImportBytes How many bytes the document of a conversation that is imported may have.
 */
record LimitsProperties(
    @DefaultValue("16") int maxAgents,
    @DefaultValue("50") int maxRounds,
    @DefaultValue("8000") int maxTopicChars,
    @DefaultValue("65536") int maxMessageBytes,
    @DefaultValue("1000000") int maxAnswerChars,
    @DefaultValue("100000") int maxToolResultChars,
    @DefaultValue("4000000") int maxConversationChars,
    @DefaultValue("5000") int maxConversationMessages,
    @DefaultValue("100") int maxWaitingMessages,
    @DefaultValue("10000") int journalEvents,
    @DefaultValue("1000000") int journalChars,
    @DefaultValue("1800") int journalSeconds,
    @DefaultValue("1000") int connectionsPerAddress,
    @DefaultValue("100") int connectionsPerUser,
    @DefaultValue("100") int conversationsPerConnection,
    @DefaultValue("60") int startsPerMinute,
    @DefaultValue("600") int messagesPerMinute,
    @DefaultValue("4194304") int maxImportBytes) {

  /**
   * Returns the limits.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  Limits toLimits() {
    return Limits.builder()
        .maxAgents(maxAgents)
        .maxRounds(maxRounds)
        .maxTopicChars(maxTopicChars)
        .maxMessageBytes(maxMessageBytes)
        .maxAnswerChars(maxAnswerChars)
        .maxToolResultChars(maxToolResultChars)
        .maxConversationChars(maxConversationChars)
        .maxConversationMessages(maxConversationMessages)
        .maxWaitingMessages(maxWaitingMessages)
        .journalEvents(journalEvents)
        .journalChars(journalChars)
        .journalSeconds(journalSeconds)
        .connectionsPerAddress(connectionsPerAddress)
        .connectionsPerUser(connectionsPerUser)
        .conversationsPerConnection(conversationsPerConnection)
        .startsPerMinute(startsPerMinute)
        .messagesPerMinute(messagesPerMinute)
        .maxImportBytes(maxImportBytes)
        .build();
  }
}
