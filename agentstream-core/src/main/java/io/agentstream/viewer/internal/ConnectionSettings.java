package io.agentstream.viewer.internal;

import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.AllowedOrigins;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a hub takes, and how it serves them.
 *
 * @param authenticator null where all viewers are anonymous
 * @param clientAddress gives null where the address is not known
 * @param originalDialect whether connections without a subprotocol are taken
 * @param flushInterval how long a token may wait for the ones after it; zero for not at all
 */
public record ConnectionSettings(
    @Nullable Authenticator authenticator,
    AllowedOrigins origins,
    AllowedHosts hosts,
    Function<Handshake, @Nullable String> clientAddress,
    boolean originalDialect,
    Duration flushInterval) {}
