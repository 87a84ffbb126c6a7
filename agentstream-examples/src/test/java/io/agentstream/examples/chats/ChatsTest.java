package io.agentstream.examples.chats;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.ToolSource;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each example does what its name says, on a scripted model. */
class ChatsTest {

  private final ScriptedModel model = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();
  private final BlockingQueue<InputRequested> questions = new LinkedBlockingQueue<>();

  @Test
  void debate() throws Exception {
    model.always(call -> call.tokens("Hm", ".").complete());

    start(Debate.chat(model));

    events.awaitEnd();
    assertThat(events)
        .isWellFormed()
        .spoke("Optimist", "Skeptic", "Optimist", "Skeptic")
        .endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void tools_are_those_of_the_conversation_s_owner() throws Exception {
    ToolSource diaries = new ToolsPerUser.Diaries(Map.of("mia", "Monday: dentist"));
    model.then(call -> call.toolCall("readDiary", "{}").complete());
    model.answers("You see the dentist.");

    ToolsPerUser.chat(model, diaries)
        .newConversation("What do I do on Monday?")
        .owner("mia")
        .listener(events)
        .start();
    events.awaitEnd();
    assertThat(events.only(ToolResult.class).result()).isEqualTo("Monday: dentist");

    model.answers("I have no diary.");
    ToolsPerUser.chat(model, diaries).start("And on Tuesday?").result().get(1, TimeUnit.MINUTES);
    assertThat(model.calls().get(2).request().toolSpecifications()).isNullOrEmpty();
  }

  @Test
  void a_model_picks() throws Exception {
    model
        .answers("Critic")
        .answers("Costs are missing.")
        .answers("I think the Accountant should speak.")
        .answers("Ninety each.")
        .answers("Critic")
        .answers("APPROVED");

    start(ModelPicks.chat(model));

    events.awaitEnd();
    assertThat(events)
        .isWellFormed()
        .spoke("Critic", "Accountant", "Critic")
        .endedWith(EndReason.TERMINATED);
  }

  @Test
  void handoff_with_a_tool() throws Exception {
    model
        .then(
            call ->
                call.tokens("Welcome.").toolCall(transferTool(call, "warehouse"), "{}").complete())
        .then(call -> call.toolCall("locate", "{\"number\":42}").complete())
        .then(call -> call.tokens("It is at sea.").complete())
        .always(call -> call.tokens("Anything else?").complete());

    Conversation conversation = start(HandoffWithTool.chat(model));

    events.awaitEnd();
    conversation.stop();
    assertThat(events).isWellFormed();
    assertThat(events.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentName)
        .startsWith("Desk", "Warehouse");
    assertThat(events.of(ToolCall.class)).extracting(ToolCall::name).contains("locate");
    assertThat(events.of(ToolResult.class))
        .extracting(ToolResult::result)
        .contains("Order 42 left the harbour of Ningbo this morning.");
  }

  private static String transferTool(ScriptedCall call, String target) {
    return call.request().toolSpecifications().stream()
        .map(tool -> tool.name())
        .filter(name -> name.contains(target))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void human_in_the_loop() throws Exception {
    model
        .then(call -> call.toolCall("delete", "{\"arg0\":\"x\"}").complete())
        .then(call -> call.tokens("I left it alone.").complete());

    Conversation conversation = start(HumanInTheLoop.chat(model));
    answer(conversation, InputKind.SPEAKER, "Tidy");
    answer(conversation, InputKind.APPROVAL, "deny");
    InputRequested next = questions.poll(1, TimeUnit.MINUTES);
    assertThat(next.kind()).isEqualTo(InputKind.SPEAKER);
    conversation.stop();

    events.awaitEnd();
    assertThat(events).isWellFormed().spoke("Tidy").said("user: Topic", "Tidy: I left it alone.");
    assertThat(events.only(ToolResult.class).isError()).isTrue();
  }

  private void answer(Conversation conversation, InputKind kind, String answer) throws Exception {
    InputRequested question = questions.poll(1, TimeUnit.MINUTES);
    assertThat(question.kind()).isEqualTo(kind);
    conversation.input(question.requestId(), answer).get(1, TimeUnit.MINUTES);
  }

  @Test
  void a_nested_team() throws Exception {
    model.always(call -> call.tokens("Rain.").complete());

    start(NestedTeam.chat(model));

    events.awaitEnd();
    assertThat(events).isWellFormed();
    assertThat(events.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentPath)
        .startsWith(List.of("Poets", "Drafter"), List.of("Poets", "Polisher"), null);
  }

  @Test
  void a_parallel_round() throws Exception {
    model.always(call -> call.tokens("I say.").complete());

    start(ParallelRound.chat(model));

    events.awaitEnd();
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
    assertThat(events.of(SpeakerChange.class)).hasSize(4);
    assertThat(events.of(SpeakerChange.class).get(3).agentName()).isEqualTo("Clerk");
  }

  private Conversation start(GroupChat chat) {
    return chat.newConversation("Topic")
        .inlineListener(events)
        .inlineListener(
            new io.agentstream.event.StreamListener() {
              @Override
              public void onInputRequested(InputRequested event) {
                questions.add(event);
              }
            })
        .start();
  }
}
