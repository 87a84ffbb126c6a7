/**
 * Supports tests of applications that use agentstream.
 *
 * <ul>
 *   <li>{@link io.agentstream.test.ScriptedModel}: a model whose calls the test answers, token by
 *       token, on the test's own thread; with {@link io.agentstream.test.ManualClock} a test of a
 *       chat needs neither network nor waiting.
 *   <li>{@link io.agentstream.test.OpenAiStubs}: a model server on WireMock, for tests over real
 *       HTTP; an {@link io.agentstream.test.OpenAiAnswer} is one line, for failures too.
 *   <li>{@link io.agentstream.test.StubModelServer}: a model server on raw sockets that can stall,
 *       close or reset between two tokens, which WireMock cannot do.
 *   <li>{@link io.agentstream.test.LocalViewer}: a viewer of a hub in the same process, without a
 *       container; {@link io.agentstream.test.Eventually} waits for other threads.
 *   <li>{@link io.agentstream.test.RecordedEvents} and {@link
 *       io.agentstream.test.AgentstreamAssertions}: the events of a conversation, and assertions on
 *       them.
 *   <li>Contracts, each the abstract test of something that an application provides: {@link
 *       io.agentstream.test.TeamContract} for a chat that viewers start by name, {@link
 *       io.agentstream.test.ToolSourceContract}, {@link io.agentstream.test.EncoderContract},
 *       {@link io.agentstream.test.StoreContract}, {@link io.agentstream.test.JournalContract} and
 *       {@link io.agentstream.test.DirectoryContract}.
 * </ul>
 */
@NullMarked
package io.agentstream.test;

import org.jspecify.annotations.NullMarked;
