/**
 * The command {@code chat}: one conversation in the terminal, without a server. {@link
 * io.agentstream.examples.terminal.ChatCommand} is the way in.
 */
@NullMarked
package io.agentstream.examples.terminal;

import org.jspecify.annotations.NullMarked;
