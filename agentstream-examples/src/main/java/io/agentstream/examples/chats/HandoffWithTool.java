package io.agentstream.examples.chats;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;

/** A chat in which agents hand over to each other, and one of them uses a tool. */
public final class HandoffWithTool {

  private HandoffWithTool() {}

  public static void main(String[] args) {
    Console.run("Where is my order 42?", HandoffWithTool::chat);
  }

  static GroupChat chat(StreamingChatModel model) {
    Agent desk =
        Agent.builder("Desk")
            .description("greets people and hands them to whoever can help")
            .systemPrompt("Greet in one sentence, then transfer to whoever can help.")
            .model(model)
            .build();
    Agent warehouse =
        Agent.builder("Warehouse")
            .description("knows every order")
            .systemPrompt("Look the order up and answer in two sentences.")
            .tools(new Orders())
            .model(model)
            .build();
    return GroupChat.builder()
        .participants(desk, warehouse)
        .speakerSelector(SpeakerSelector.handoff())
        .maxRounds(6)
        .build();
  }

  /** The warehouse's tool. */
  public static final class Orders {
    @Tool("Tells where an order is")
    public String locate(@P("the number of the order") int number) {
      return "Order " + number + " left the harbour of Ningbo this morning.";
    }
  }
}
