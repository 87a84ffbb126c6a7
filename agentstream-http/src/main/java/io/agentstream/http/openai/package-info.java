/**
 * OpenAI's chat completions for agentstream: a team is a model. {@link
 * io.agentstream.http.openai.OpenAiDoor} lists teams and agents as models and answers completions;
 * each completion is a conversation of the hub.
 */
@NullMarked
package io.agentstream.http.openai;

import org.jspecify.annotations.NullMarked;
