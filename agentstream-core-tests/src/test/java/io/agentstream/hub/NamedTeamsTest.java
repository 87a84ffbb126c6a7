package io.agentstream.hub;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.chat.Person;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.EndReason;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.TeamContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Chats that viewers start by name, each with other rules that a takeover must keep. */
class NamedTeamsTest {

  private static Agent agent(String name, StreamingChatModel model) {
    return Agent.builder(name).model(model).build();
  }

  private static GroupChat.Builder writers(StreamingChatModel model) {
    return GroupChat.builder().participants(agent("Ann", model), agent("Ben", model));
  }

  @Nested
  class WithAConditionOfItsOwn extends TeamContract {
    @Override
    protected GroupChat.Builder team(StreamingChatModel model) {
      return writers(model).maxRounds(9).terminateWhen(TerminationCondition.textMention("DONE"));
    }

    @Override
    protected List<String> answers() {
      return List.of("A draft.", "Shorter!", "DONE");
    }
  }

  @Nested
  class EndingWithTheSecondFailure extends TeamContract {
    @Override
    protected GroupChat.Builder team(StreamingChatModel model) {
      return writers(model).maxRounds(3).onFailure(FailurePolicy.skipTurn(2));
    }

    @Override
    protected List<String> answers() {
      return List.of("1", "2", "3", "4", "5", "6");
    }

    @Override
    protected EndReason endReason() {
      return EndReason.MAX_ROUNDS;
    }
  }

  @Nested
  class GoingOnIfNobodyPicksASpeaker extends TeamContract {
    @Override
    protected GroupChat.Builder team(StreamingChatModel model) {
      return writers(model)
          .maxRounds(3)
          .speakerSelector(SpeakerSelector.manual())
          .onInputTimeout(InputTimeoutPolicy.GO_ON)
          .timeouts(Timeouts.builder().input(Duration.ofMinutes(1)).build());
    }

    @Override
    protected List<String> answers() {
      return List.of("A draft.", "Shorter!", "Done.");
    }

    @Override
    protected EndReason endReason() {
      return EndReason.MAX_ROUNDS;
    }
  }

  @Nested
  class SkippingAPersonWhoIsAway extends TeamContract {
    @Override
    protected GroupChat.Builder team(StreamingChatModel model) {
      return GroupChat.builder()
          .participants(agent("Ann", model), Person.builder("Mia").build().asAgent())
          .maxRounds(2);
    }

    @Override
    protected List<String> answers() {
      return List.of("A draft.", "Nobody?");
    }

    @Override
    protected EndReason endReason() {
      return EndReason.MAX_ROUNDS;
    }
  }
}
