package io.agentstream.examples.chats;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;

/** A chat in which a model picks the next speaker, and a word ends the chat. */
public final class ModelPicks {

  private ModelPicks() {}

  public static void main(String[] args) {
    Console.run("Plan a school trip to the mountains.", ModelPicks::chat);
  }

  static GroupChat chat(StreamingChatModel model) {
    return GroupChat.builder()
        .participants(
            agent("Planner", "makes and mends plans", model),
            agent("Accountant", "knows what things cost", model),
            agent("Critic", "finds what is missing; says APPROVED when nothing is", model))
        .speakerSelector(SpeakerSelector.model(model))
        .terminateWhen(TerminationCondition.textMention("APPROVED", "Critic"))
        .maxRounds(12)
        .build();
  }

  private static Agent agent(String name, String duty, StreamingChatModel model) {
    return Agent.builder(name)
        .description(name + " " + duty)
        .systemPrompt("You are the " + name + ", who " + duty + ". Three sentences at most.")
        .model(model)
        .build();
  }
}
