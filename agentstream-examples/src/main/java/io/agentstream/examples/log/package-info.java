/**
 * Writes the server's log so that nobody who talks to it can write into it: {@link
 * io.agentstream.examples.log.LogText} bounds and escapes, {@link
 * io.agentstream.examples.log.LineRate} bounds how much there is, {@link
 * io.agentstream.examples.log.TextEncoder} and {@link io.agentstream.examples.log.JsonEncoder} are
 * the two formats.
 */
@NullMarked
package io.agentstream.examples.log;

import org.jspecify.annotations.NullMarked;
