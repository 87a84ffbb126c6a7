package io.agentstream.viewer.internal;

import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings for connections.
 *
 * @param authenticator null if all viewers are anonymous
 * @param clientAddress returns null for an unknown address
 * @param originalDialect true if connections without a subprotocol are accepted
 * @param flushInterval how long a token may wait for the next ones; zero for not at all
 */
public record ConnectionSettings(
    @Nullable Authenticator authenticator,
    AllowedOrigins origins,
    AllowedHosts hosts,
    Function<Handshake, @Nullable String> clientAddress,
    boolean originalDialect,
    Duration flushInterval) {}
