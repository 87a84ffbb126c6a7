/**
 * For tests of applications that use agentstream.
 *
 * <ul>
 *   <li>{@link io.agentstream.test.ScriptedModel}: a model whose calls the test answers, token by
 *       token, on the test's own thread; with {@link io.agentstream.test.ManualClock} a test of a
 *       chat needs neither network nor waiting.
 *   <li>{@link io.agentstream.test.OpenAiStubs}: a model server on WireMock, for tests over real
 *       HTTP; an {@link io.agentstream.test.OpenAiAnswer} is one line, for failures too.
 *   <li>{@link io.agentstream.test.StubModelServer}: a model server on raw sockets, for what
 *       WireMock cannot do: stall, cut or reset between two tokens.
 *   <li>{@link io.agentstream.test.RecordedEvents} and {@link
 *       io.agentstream.test.AgentstreamAssertions}: what happened, and whether it is what the
 *       protocol promises.
 * </ul>
 */
@NullMarked
package io.agentstream.test;

import org.jspecify.annotations.NullMarked;
