package io.agentstream.chat;

import java.util.concurrent.CompletableFuture;

/**
 * The handle on a conversation under way. Safe from any thread; no method blocks.
 *
 * <p>What is asked of it takes effect in the order in which it was asked, between two events, and
 * shows in the events.
 */
public final class Conversation {

  private final GroupChat chat;
  private final String id;
  private final long epoch;
  private final String topic;
  private final ConversationEngine engine;

  Conversation(GroupChat chat, String id, long epoch, String topic, ConversationEngine engine) {
    this.chat = chat;
    this.id = id;
    this.epoch = epoch;
    this.topic = topic;
    this.engine = engine;
  }

  /** Names the conversation; random and hard to guess unless it was given. */
  public String id() {
    return id;
  }

  /** The incarnation of its journal, from 1. */
  public long epoch() {
    return epoch;
  }

  /** What the agents were asked to talk about. */
  public String topic() {
    return topic;
  }

  /** The chat that it is a conversation of. */
  public GroupChat chat() {
    return chat;
  }

  /**
   * Ends the conversation with {@code stopped}. Whoever speaks is cut short, its text so far is
   * kept and its call to the model server hung up. Does nothing after the end.
   */
  public void stop() {
    engine.stop();
  }

  /**
   * Done when the conversation has ended, however it did; it never fails. Completed on a thread of
   * the chat's executor, so that what you chain to it may block. Cancelling what you get back does
   * not stop the conversation.
   */
  public CompletableFuture<ChatResult> result() {
    return engine.result();
  }
}
