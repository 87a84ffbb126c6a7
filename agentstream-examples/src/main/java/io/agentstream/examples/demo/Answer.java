package io.agentstream.examples.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the demo model.
 *
 * @param tokens its text
 * @param call the tool call after the text; null for none
 */
record Answer(List<TimedToken> tokens, @Nullable ToolCall call) {}
