package io.agentstream.delivery;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The conversations that this process runs; with one node, all there are. */
final class LocalConversations implements Ownership, CommandRouter {

  private final ConcurrentHashMap<String, Conversation> running = new ConcurrentHashMap<>();

  void add(Conversation conversation) {
    running.put(conversation.id(), conversation);
  }

  Collection<Conversation> all() {
    return List.copyOf(running.values());
  }

  @Override
  public CompletionStage<Long> claim(String conversationId) {
    return CompletableFuture.completedStage(1L);
  }

  @Override
  public void release(String conversationId) {
    running.remove(conversationId);
  }

  @Override
  public CompletionStage<SteeringOutcome> route(ConversationCommand command) {
    Conversation conversation = running.get(command.conversationId());
    if (conversation == null) {
      return CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }
    return command.deliverTo(new Steering(conversation));
  }
}
