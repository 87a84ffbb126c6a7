package io.agentstream.examples.chats;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.test.TeamContract;
import java.util.List;

class ReviewTest extends TeamContract {

  @Override
  protected GroupChat.Builder team(StreamingChatModel model) {
    return GroupChat.builder()
        .participants(
            Agent.builder("Writer").model(model).build(),
            Agent.builder("Critic").model(model).build())
        .terminateWhen(TerminationCondition.textMention("APPROVED"))
        .onFailure(FailurePolicy.end());
  }

  @Override
  protected List<String> answers() {
    return List.of("A draft.", "Shorter!", "Draft.", "APPROVED");
  }
}
