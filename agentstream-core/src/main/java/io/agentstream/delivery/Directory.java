package io.agentstream.delivery;

import io.agentstream.identity.ConversationInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which conversations there are on all nodes, and whose they are: what decides who may see one.
 * Implementations are safe from any thread, and no method blocks. The stages fail with {@link
 * UnavailableException} if the directory cannot be reached.
 */
public interface Directory {

  /** Enters a conversation; nobody can join it before. */
  CompletionStage<Void> add(ConversationInfo conversation);

  /** The conversation with this id; empty if there is none or it is no longer kept. */
  CompletionStage<Optional<ConversationInfo>> find(String conversationId);

  /** All of them, those entered last first. */
  CompletionStage<List<ConversationInfo>> all();

  /** Strikes a conversation out. Does nothing if there is none. */
  void remove(String conversationId);
}
