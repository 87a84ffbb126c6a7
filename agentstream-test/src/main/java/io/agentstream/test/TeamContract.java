package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link GroupChat} that viewers start by its name: the rules by which a run
 * goes and ends hold again if another node takes the conversation over, or the same one after a
 * restart. Extend this class and provide your chat:
 *
 * <pre>{@code
 * class WritersTest extends TeamContract {
 *   protected GroupChat.Builder team(StreamingChatModel model) { return Writers.team(model); }
 *   protected List<String> answers() { return List.of("A draft.", "Shorter!", "DONE"); }
 * }
 * }</pre>
 *
 * Each test compares conversations that move to another node with one that stays. A question to a
 * person is never answered, so that its time runs out.
 */
public abstract class TeamContract {

  private static final int MOST_STEPS = 10_000;

  /**
   * Returns a builder of the chat, with the rules that are to be tested. The contract sets its
   * clock and its executor.
   *
   * @param model the model for all its agents and its selector
   */
  protected abstract GroupChat.Builder team(StreamingChatModel model);

  /**
   * Returns the answers to the calls of {@code model}, in order. Each is a whole turn; after the
   * last one the run ends by the chat's own rules.
   */
  protected abstract List<String> answers();

  /** Returns the reason for that end; by default that the condition was met. */
  protected EndReason endReason() {
    return EndReason.TERMINATED;
  }

  @Test
  void a_viewer_finds_it_by_name_with_its_participants() {
    Play play = new Play();
    LocalViewer viewer = new LocalViewer(play.nodes.begin(play.team()));
    JsonNode listed = viewer.command("list_agents", Map.of()).await("agents").at("/data/teams/0");
    List<String> participants = new ArrayList<>();
    listed.path("agents").forEach(name -> participants.add(name.asText()));
    assertThat(listed.path("name").asText()).isEqualTo(TeamNodes.TEAM);
    assertThat(participants)
        .containsExactlyElementsOf(play.team().participants().stream().map(Agent::name).toList());
  }

  @Test
  void a_viewer_starts_it_by_name_and_its_own_rules_end_it() {
    Outcome outcome = new Play().outcome(answers(), 0);
    assertThat(outcome.reason).isEqualTo(endReason());
  }

  @Test
  void its_own_rules_end_it_also_after_a_takeover() {
    Outcome stayed = new Play().outcome(answers(), 0);
    for (int turns = 1; turns < answers().size(); turns++) {
      assertThat(new Play().outcome(answers(), turns))
          .as("taken over after %s turns", turns)
          .isEqualTo(stayed);
    }
  }

  @Test
  void failures_have_the_same_consequences_after_a_takeover() {
    List<String> first = answers().subList(0, 1);
    Outcome stayed = new Play().outcome(first, 0);
    for (int calls = 1; calls <= 2; calls++) {
      assertThat(new Play().outcome(first, calls))
          .as("taken over after %s calls to the model", calls)
          .isEqualTo(stayed);
    }
  }

  /**
   * What remains of a conversation.
   *
   * @param said its messages in order, each after its sender
   */
  private record Outcome(List<String> said, EndReason reason, @Nullable String detail) {

    static Outcome of(Snapshot.Content content, ConversationEnded ended) {
      return new Outcome(
          content.messages().stream()
              .map(Snapshot.Message::message)
              .filter(message -> !message.content().isEmpty())
              .map(message -> message.sender() + ": " + message.content())
              .toList(),
          ended.reason(),
          ended.detail());
    }
  }

  /** One conversation of the chat, on the test's own thread. */
  private final class Play {
    private final ManualClock clock = new ManualClock();
    private final ScriptedModel model = new ScriptedModel();
    private final TeamNodes nodes = new TeamNodes();

    GroupChat team() {
      return TeamContract.this.team(model).clock(clock).executor(Runnable::run).build();
    }

    /**
     * Runs it until it ends.
     *
     * @param answers to the first calls of the model; all others fail
     * @param callsBefore how many calls come before another node takes over; 0 if none does
     */
    Outcome outcome(List<String> answers, int callsBefore) {
      LocalViewer viewer = new LocalViewer(nodes.begin(team()));
      viewer.command("start_conversation", Map.of("topic", "What now?", "team", TeamNodes.TEAM));
      String id = viewer.await("accepted").path("conversation_id").asText();
      int calls = 0;
      for (int step = 0; step < MOST_STEPS; step++) {
        Snapshot.Content now = nodes.content(id);
        if (now.ended() != null) {
          return Outcome.of(now, now.ended());
        }
        if (calls == callsBefore && calls > 0 && !nodes.haveTakenOver()) {
          // Those of the first node, which nobody answers any more.
          while (!model.isIdle()) {
            model.next();
          }
          nodes.takeOver(id, team());
        }
        if (model.isIdle()) {
          assertThat(clock.advanceToNextAlarm()).as("something will happen").isTrue();
        } else if (calls < answers.size()) {
          model.next().tokens(answers.get(calls++)).complete();
        } else {
          calls++;
          model.next().fail(new IllegalStateException("as the contract wants"));
        }
      }
      throw new AssertionError("No end after " + MOST_STEPS + " steps: " + nodes.content(id));
    }
  }
}
