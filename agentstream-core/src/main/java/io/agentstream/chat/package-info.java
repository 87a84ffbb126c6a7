/**
 * Agents that talk in a group. Start at {@link io.agentstream.chat.GroupChat}.
 *
 * <p>A {@code GroupChat} defines the participants and the rules; {@link
 * io.agentstream.chat.GroupChat#start start} begins a {@link io.agentstream.chat.Conversation},
 * which steers it. Inside, {@code ConversationEngine} holds the state and changes it in one serial
 * order ({@code SerialExecutor}); {@code AgentTurn} is one agent's turn; {@code ModelCall} is one
 * call to a model, which always ends exactly once. {@code EventFanout} passes every event, in
 * order, to the {@link io.agentstream.event.StreamListener}s.
 *
 * <p>This package depends on neither JSON nor a journal nor a transport.
 */
@NullMarked
package io.agentstream.chat;

import org.jspecify.annotations.NullMarked;
