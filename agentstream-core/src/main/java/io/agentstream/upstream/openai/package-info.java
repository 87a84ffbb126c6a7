/**
 * A model behind any server that speaks OpenAI's protocol. Start at {@link
 * io.agentstream.upstream.openai.OpenAiCompatibleModel}.
 *
 * <p>A call runs like this. {@code RequestWriter} and {@code MessageWriter} write the request, and
 * {@code Connection} sends it through the event-driven client. {@code ModelStream} takes what comes
 * back as bytes. {@code ChunkScanner} finds the text of a usual chunk where it stands; any other
 * chunk is read as a tree by {@code ChunkReader}. Both feed the {@code Answer}, which passes pieces
 * to the handler and keeps the whole. If the server refuses something that we can do without,
 * {@code Quirk} names it, {@code ModelStream} asks again, and {@code LearntQuirks} remembers it for
 * the process.
 */
@NullMarked
package io.agentstream.upstream.openai;

import org.jspecify.annotations.NullMarked;
