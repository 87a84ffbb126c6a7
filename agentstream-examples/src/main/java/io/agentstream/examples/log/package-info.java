/**
 * Writes the server's log so that no client can forge log lines: {@link
 * io.agentstream.examples.log.LogText} bounds and escapes, {@link
 * io.agentstream.examples.log.LineRate} bounds their number, {@link
 * io.agentstream.examples.log.TextEncoder} and {@link io.agentstream.examples.log.JsonEncoder} are
 * the two formats.
 */
@NullMarked
package io.agentstream.examples.log;

import org.jspecify.annotations.NullMarked;
