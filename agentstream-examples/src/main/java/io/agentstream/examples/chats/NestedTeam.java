package io.agentstream.examples.chats;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;

/** A chat in which a team of two is one participant. */
public final class NestedTeam {

  private NestedTeam() {}

  public static void main(String[] args) {
    Console.run("Write a poem about rain, and review it.", NestedTeam::chat);
  }

  static GroupChat chat(StreamingChatModel model) {
    GroupChat poets =
        GroupChat.builder()
            .participants(
                agent("Drafter", "Write four lines about the topic.", model),
                agent("Polisher", "Improve the last draft. Four lines.", model))
            .maxRounds(1)
            .build();
    return GroupChat.builder()
        .participants(
            poets.asAgent("Poets", "write and polish poems"),
            agent("Reviewer", "Review the last poem in two sentences.", model))
        .maxRounds(2)
        .build();
  }

  private static Agent agent(String name, String prompt, StreamingChatModel model) {
    return Agent.builder(name).systemPrompt(prompt).model(model).build();
  }
}
