package io.agentstream.examples.chats;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;

/** A chat in which a person chooses the next speaker and approves tool calls. */
public final class HumanInTheLoop {

  private HumanInTheLoop() {}

  public static void main(String[] args) {
    Console.run("Tidy up the shared folder.", HumanInTheLoop::chat);
  }

  static GroupChat chat(StreamingChatModel model) {
    Agent tidy =
        Agent.builder("Tidy")
            .systemPrompt("Look at the files, then delete what is old. Two sentences.")
            .tools(new Folder())
            .needsApproval(call -> call.name().equals("delete"))
            .model(model)
            .build();
    Agent keeper =
        Agent.builder("Keeper")
            .systemPrompt("Say what should be kept, and why. Two sentences.")
            .model(model)
            .build();
    return GroupChat.builder()
        .participants(tidy, keeper)
        .speakerSelector(SpeakerSelector.manual())
        .maxRounds(4)
        .build();
  }

  /** A tool on an imaginary folder. */
  public static final class Folder {
    @Tool("Lists the files")
    public String list() {
      return "report-2019.odt, report-2026.odt, holiday.jpg";
    }

    @Tool("Deletes a file")
    public String delete(String name) {
      return name + " is deleted";
    }
  }
}
