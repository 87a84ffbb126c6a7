package io.agentstream.examples.chats;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;

/** Two agents in turn, the simplest chat there is. */
public final class Debate {

  private Debate() {}

  public static void main(String[] args) {
    Console.run("Will tea replace coffee?", Debate::chat);
  }

  static GroupChat chat(StreamingChatModel model) {
    Agent optimist =
        Agent.builder("Optimist")
            .systemPrompt("You see the good. Two sentences.")
            .model(model)
            .build();
    Agent skeptic =
        Agent.builder("Skeptic")
            .systemPrompt("You see the catch. Two sentences.")
            .model(model)
            .build();
    return GroupChat.builder().participants(optimist, skeptic).maxRounds(2).build();
  }
}
