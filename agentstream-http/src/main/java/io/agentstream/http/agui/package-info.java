/**
 * AG-UI for agentstream: a thread is a conversation. {@link io.agentstream.http.agui.AgUiDoor}
 * gives each run as a stream of AG-UI's events; a client that asks for the same run again joins it
 * again.
 */
@NullMarked
package io.agentstream.http.agui;

import org.jspecify.annotations.NullMarked;
