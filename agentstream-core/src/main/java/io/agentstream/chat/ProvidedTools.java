package io.agentstream.chat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import io.agentstream.chat.context.Utterance;
import io.agentstream.event.NewMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks a tool provider of langchain4j, which may block. */
record ProvidedTools(ToolProvider provider) implements ToolSource {

  @Override
  public CompletionStage<List<Tool>> tools(Turn turn) {
    Map<String, Object> parameters = new HashMap<>(Map.of(AGENT_NAME, turn.agentName()));
    if (turn.ownerId() != null) {
      parameters.put(OWNER_ID, turn.ownerId());
    }
    UserMessage newest = newestOfPeople(turn.messages());
    ToolProviderRequest request =
        ToolProviderRequest.builder()
            .invocationContext(
                InvocationContext.builder()
                    .chatMemoryId(turn.conversationId())
                    .invocationParameters(InvocationParameters.from(parameters))
                    .build())
            .userMessage(newest)
            .messages(List.of(newest))
            .build();
    List<Tool> tools =
        provider.provideTools(request).aiServiceTools().stream()
            .map(tool -> Tool.of(tool.toolSpecification(), tool.toolExecutor()))
            .toList();
    return CompletableFuture.completedStage(tools);
  }

  private static UserMessage newestOfPeople(List<Utterance> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      NewMessage message = messages.get(i).message();
      if (message.role() == NewMessage.Role.USER && !message.content().isBlank()) {
        return UserMessage.from(message.content());
      }
    }
    return UserMessage.from("…");
  }
}
