package io.agentstream.examples.chats;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;

/** A chat in which three agents answer at once, and then one of them sums up. */
public final class ParallelRound {

  private ParallelRound() {}

  public static void main(String[] args) {
    Console.run("Should cities ban cars?", ParallelRound::chat);
  }

  static GroupChat chat(StreamingChatModel model) {
    return GroupChat.builder()
        .participants(
            agent("Mayor", "govern a city", model),
            agent("Driver", "drive every day", model),
            agent("Doctor", "treat asthma", model),
            agent("Clerk", "write fair minutes", model))
        .speakerSelector(SpeakerSelector.parallelRound("Clerk"))
        .maxRounds(1)
        .build();
  }

  private static Agent agent(String name, String duty, StreamingChatModel model) {
    return Agent.builder(name)
        .systemPrompt("You " + duty + ". Speak for yourself in two sentences.")
        .model(model)
        .build();
  }
}
