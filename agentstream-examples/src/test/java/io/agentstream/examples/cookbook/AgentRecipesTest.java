package io.agentstream.examples.cookbook;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.ToolResult;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The recipes of docs/cookbook.md for agents, and for who speaks. */
class AgentRecipesTest {

  private final ScriptedModel model = new ScriptedModel();
  private final ScriptedModel spare = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();

  /** The tools of a shop. */
  public static final class Orders {
    @Tool("Tells where an order is")
    public String locate(@P("the number of the order") int number) {
      return "Order " + number + " left the harbour this morning.";
    }

    @Tool("Cancels an order")
    public String cancel(int number) {
      return "Order " + number + " is cancelled.";
    }
  }

  /** A person who approves every call. */
  record Approver(Conversation conversation) implements StreamListener {
    @Override
    public void onInputRequested(InputRequested question) {
      if (question.kind() == InputKind.APPROVAL) {
        var unused = conversation.input(question.requestId(), "approve");
      }
    }
  }

  @Test
  void an_agent_calls_a_tool() {
    model.then(call -> call.toolCall("locate", "{\"number\":42}").complete());
    model.answers("It is at sea.");

    Agent clerk = Agent.builder("Clerk").tools(new Orders()).model(model).build();

    run(GroupChat.builder().participants(clerk).maxRounds(1).build());
    assertThat(events.only(ToolResult.class).result())
        .isEqualTo("Order 42 left the harbour this morning.");
    assertThat(events).said("user: Topic", "Clerk: It is at sea.");
  }

  @Test
  void a_person_approves_a_call() {
    model.then(call -> call.toolCall("cancel", "{\"number\":42}").complete());
    model.answers("Done.");

    Agent clerk =
        Agent.builder("Clerk")
            .tools(new Orders())
            .needsApproval(call -> call.name().equals("cancel"))
            .model(model)
            .build();
    GroupChat chat = GroupChat.builder().participants(clerk).maxRounds(1).build();
    chat.newConversation("Cancel order 42").listener(Approver::new).inlineListener(events).start();

    awaitEnd();
    assertThat(events.only(ToolResult.class).result()).isEqualTo("Order 42 is cancelled.");
  }

  @Test
  void the_program_picks_the_speaker() {
    model.always(call -> call.tokens("Yes.").complete());
    Agent writer = agent("Writer");
    Agent critic = agent("Critic");

    GroupChat chat =
        GroupChat.builder()
            .participants(writer, critic)
            .speakerSelector(
                SpeakerSelector.function(
                        run ->
                            "Writer".equals(run.lastSpeaker())
                                ? Optional.of("Critic")
                                : Optional.empty())
                    .orElse(SpeakerSelector.model(model)))
            .maxRounds(2)
            .build();

    model.answers("Writer");
    run(chat);
    assertThat(events).spoke("Writer", "Critic");
  }

  @Test
  void a_word_a_budget_or_the_time_ends_a_run() {
    model.answers("A draft.").answers("APPROVED");
    Agent writer = agent("Writer");
    Agent critic = agent("Critic");

    GroupChat chat =
        GroupChat.builder()
            .participants(writer, critic)
            .terminateWhen(
                TerminationCondition.textMention("APPROVED", "Critic")
                    .or(TerminationCondition.tokenBudget(50_000))
                    .or(TerminationCondition.timeout(Duration.ofMinutes(5))))
            .maxRounds(10)
            .build();

    run(chat);
    assertThat(events).spoke("Writer", "Critic").endedWith(EndReason.TERMINATED);
  }

  @Test
  void a_team_is_a_participant_of_another() {
    model.always(call -> call.tokens("Rain.").complete());
    Agent drafter = agent("Drafter");
    Agent polisher = agent("Polisher");
    Agent reviewer = agent("Reviewer");

    GroupChat poets = GroupChat.builder().participants(drafter, polisher).maxRounds(1).build();
    GroupChat chat =
        GroupChat.builder()
            .participants(poets.asAgent("Poets", "write and polish poems"), reviewer)
            .maxRounds(1)
            .build();

    run(chat);
    assertThat(events.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentPath)
        .containsExactly(List.of("Poets", "Drafter"), List.of("Poets", "Polisher"), null);
  }

  @Test
  void a_model_reads_a_part_of_the_conversation() {
    model.always(call -> call.tokens("Yes.").complete());

    Agent clerk =
        Agent.builder("Clerk")
            .contextWindow(ContextWindow.headAndTail(1, 20)) // the topic and the last 20 messages
            .model(model)
            .build();

    run(GroupChat.builder().participants(clerk).maxRounds(30).build());
    assertThat(model.calls().get(29).messages().toString())
        .contains("Topic")
        .contains("Messages left out here: 9.");
  }

  @Test
  void a_second_model_steps_in_for_one_that_fails() {
    model.fails(new IllegalStateException("stubbed"));
    spare.answers("Here I am.");

    Agent clerk =
        Agent.builder("Clerk")
            .model(model)
            .fallbackModel(spare)
            .retryPolicy(RetryPolicy.none())
            .timeouts(Timeouts.builder().firstToken(Duration.ofSeconds(10)).build())
            .build();

    run(GroupChat.builder().participants(clerk).maxRounds(1).build());
    assertThat(events).said("user: Topic", "Clerk: Here I am.");
  }

  private Agent agent(String name) {
    return Agent.builder(name).model(model).build();
  }

  private void run(GroupChat chat) {
    chat.newConversation("Topic").inlineListener(events).start();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      events.awaitEnd();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
