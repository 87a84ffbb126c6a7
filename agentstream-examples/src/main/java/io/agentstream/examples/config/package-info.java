/**
 * Reads the reference server's settings: {@link io.agentstream.examples.config.Options} from the
 * command line, {@link io.agentstream.examples.config.ServerConfig} from a file, {@link
 * io.agentstream.examples.config.ModelServer} from the environment. An invalid setting becomes a
 * {@link io.agentstream.examples.config.ConfigException} of one line.
 */
@NullMarked
package io.agentstream.examples.config;

import org.jspecify.annotations.NullMarked;
