/**
 * The entry point of the reference server's jar: {@link io.agentstream.examples.Main} runs the
 * command that the arguments name. No other package uses it.
 */
@NullMarked
package io.agentstream.examples;

import org.jspecify.annotations.NullMarked;
