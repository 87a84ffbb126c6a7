/**
 * A model server for runs without a key. {@link io.agentstream.examples.demo.CompletionServer}
 * speaks OpenAI's streaming chat completions over real HTTP, so that such a run takes the same way
 * as one with a real model; what it says and how fast is up to a {@link
 * io.agentstream.examples.demo.Script}. {@link io.agentstream.examples.demo.DemoScript} is the one
 * that the reference server uses.
 *
 * <p>No thread belongs to a stream: one timer thread begins each write, and Jetty's selector
 * finishes those that do not go through at once.
 */
@NullMarked
package io.agentstream.examples.demo;

import org.jspecify.annotations.NullMarked;
