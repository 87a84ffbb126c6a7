/**
 * Serves a {@link io.agentstream.hub.ConversationHub} over plain HTTP, in any Jakarta Servlet 6
 * container: the commands of the protocol as REST, and conversations as server-sent events. {@link
 * io.agentstream.http.AgentstreamHttp} is the entry point. No container's own classes are used.
 *
 * <p>For a format of your own, see {@link io.agentstream.http.door}.
 */
@NullMarked
package io.agentstream.http;

import org.jspecify.annotations.NullMarked;
