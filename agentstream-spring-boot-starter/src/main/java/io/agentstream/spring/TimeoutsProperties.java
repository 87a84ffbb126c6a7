package io.agentstream.spring;

import io.agentstream.settings.Timeouts;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of {@link Timeouts}, with the same defaults.
 *
 * @param connection How long a WebSocket connection may stay without any traffic.
 * @param conversation How long one run of a conversation may last.
 * @param agentResponse How long one turn of an agent may take.
 * @param firstToken How long a model may take to its first token, thinking included.
 * @param tokenIdle How long a model may be silent between two tokens.
 * @param toolCall How long one call of a tool may take.
 * @param input How long a conversation waits for a person.
 * @param upstream How long a model server may take to begin its response; for the code that builds
 *     the model, because this library cannot set it from outside.
 * @param endedConversation How long a conversation stays readable after its end.
 * @param heartbeat How long a viewer may be silent before the server sends a ping.
 * @param pong How long a viewer may take to answer a ping.
 * @param stuckWrite How long a socket may take no bytes before its viewer is disconnected.
 * @param unviewed How long a conversation that was started over the wire continues while nobody
 *     views it; zero for no limit.
 * @param unviewedAnonymous The same for a conversation that an anonymous viewer started; zero for
 *     no limit.
 * @param drain How long current speakers may continue when the server shuts down.
 * @param authentication How long a viewer may take to send its token, and an authenticator to check
 *     it.
 * @param authExpiryWarning How long before the expiry of its authentication a viewer is warned.
 */
record TimeoutsProperties(
    @DefaultValue("30m") Duration connection,
    @DefaultValue("30m") Duration conversation,
    @DefaultValue("30m") Duration agentResponse,
    @DefaultValue("5m") Duration firstToken,
    @DefaultValue("2m") Duration tokenIdle,
    @DefaultValue("1m") Duration toolCall,
    @DefaultValue("10m") Duration input,
    @DefaultValue("30m") Duration upstream,
    @DefaultValue("30m") Duration endedConversation,
    @DefaultValue("20s") Duration heartbeat,
    @DefaultValue("10s") Duration pong,
    @DefaultValue("10s") Duration stuckWrite,
    @DefaultValue("10m") Duration unviewed,
    @DefaultValue("90s") Duration unviewedAnonymous,
    @DefaultValue("3s") Duration drain,
    @DefaultValue("5s") Duration authentication,
    @DefaultValue("60s") Duration authExpiryWarning) {

  /**
   * Returns the timeouts.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  Timeouts toTimeouts() {
    return Timeouts.builder()
        .connection(connection)
        .conversation(conversation)
        .agentResponse(agentResponse)
        .firstToken(firstToken)
        .tokenIdle(tokenIdle)
        .toolCall(toolCall)
        .input(input)
        .upstream(upstream)
        .endedConversation(endedConversation)
        .heartbeat(heartbeat)
        .pong(pong)
        .stuckWrite(stuckWrite)
        .unviewed(unviewed)
        .unviewedAnonymous(unviewedAnonymous)
        .drain(drain)
        .authentication(authentication)
        .authExpiryWarning(authExpiryWarning)
        .build();
  }
}
