package io.agentstream.examples.chats;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.ToolSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A chat whose agent reads the diary of the user to whom the conversation belongs. */
public final class ToolsPerUser {

  private ToolsPerUser() {}

  public static void main(String[] args) {
    Map<String, String> diaries = Map.of(System.getProperty("user.name"), "Monday: dentist");
    Console.run("What do I do on Monday?", model -> chat(model, new Diaries(diaries)));
  }

  static GroupChat chat(StreamingChatModel model, ToolSource tools) {
    Agent secretary =
        Agent.builder("Secretary")
            .systemPrompt("Look into the diary, then answer in one sentence.")
            .toolSource(tools)
            .model(model)
            .build();
    return GroupChat.builder().participants(secretary).maxRounds(1).build();
  }

  /** The diary of each user; nobody else's conversation gets it. */
  record Diaries(Map<String, String> byUser) implements ToolSource {
    @Override
    public CompletionStage<List<ToolSource.Tool>> tools(Turn turn) {
      String diary = turn.ownerId() == null ? null : byUser.get(turn.ownerId());
      return CompletableFuture.completedStage(
          diary == null ? List.of() : ToolSource.Tool.allOf(new Diary(diary)));
    }
  }

  /** The tool of one user. */
  public record Diary(String text) {
    @Tool("Returns the user's diary")
    public String readDiary() {
      return text;
    }
  }
}
