/**
 * The HTTP client that model calls go through, without a thread per stream. Start at {@link
 * io.agentstream.upstream.EventDrivenHttpClient}.
 *
 * <p>A streamed call runs like this. {@code EventDrivenHttpClient} makes a {@code StreamingCall},
 * shows it to whoever is {@linkplain io.agentstream.upstream.UpstreamCalls#observing observing} and
 * sends the request. When the response head is in, a 2xx is read by {@code EventStreamBody}, which
 * pushes the bytes through {@code SseParser} as they come; anything else is read by {@code
 * RefusalBody} and becomes an {@link io.agentstream.upstream.UpstreamHttpException}. The {@code
 * StreamingCall} holds the one state that decides: its listener gets exactly one end, or silence
 * after {@link io.agentstream.upstream.UpstreamCall#cancel}.
 *
 * <p>The stream ends with {@code [DONE]} or with the body, whichever is first. A body that goes on
 * after {@code [DONE]} is given a moment to end, so that its connection can serve the next call,
 * and is cut then.
 *
 * <p>A failure that a model server reports inside a 200 is an event like any other here; the chat
 * recognises it.
 */
@NullMarked
package io.agentstream.upstream;

import org.jspecify.annotations.NullMarked;
