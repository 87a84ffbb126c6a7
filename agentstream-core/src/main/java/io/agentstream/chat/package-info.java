/**
 * Agents that talk in a group. Start at {@link io.agentstream.chat.GroupChat}.
 *
 * <p>A {@code GroupChat} says who talks and for how long; {@link
 * io.agentstream.chat.GroupChat#start start} makes a {@link io.agentstream.chat.Conversation} of
 * it, the one handle on a chat under way. Inside, {@code ConversationEngine} holds the state and
 * changes it in one serial order ({@code SerialExecutor}), {@code AgentTurn} is one agent's answer,
 * and {@code ModelCall} is one call to a model, which ends exactly once whatever the model does.
 * Every event leaves through {@code EventFanout}, in order, to the {@link
 * io.agentstream.event.StreamListener}s.
 *
 * <p>The package knows no JSON, no journal and no transport.
 */
@NullMarked
package io.agentstream.chat;

import org.jspecify.annotations.NullMarked;
