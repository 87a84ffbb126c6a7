/**
 * A model server for runs without a key. {@link io.agentstream.examples.demo.CompletionServer}
 * speaks OpenAI's streaming chat completions over real HTTP, so that such a run takes the same path
 * as one with a real model. A {@link io.agentstream.examples.demo.Script} decides on texts and
 * speed; the reference server uses {@link io.agentstream.examples.demo.DemoScript}.
 *
 * <p>No stream has its own thread: one timer thread begins each write, and Jetty's selector
 * finishes the writes that do not complete at once.
 */
@NullMarked
package io.agentstream.examples.demo;

import org.jspecify.annotations.NullMarked;
