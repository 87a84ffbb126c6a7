package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.ToolResult;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a call whose process has ended is what the file says of its tool. */
class InterruptedCallsTest {

  private final ScriptedModel model = new ScriptedModel();
  private final List<String> calls = new ArrayList<>();

  @Test
  void a_call_of_an_idempotent_tool_is_made_again() throws Exception {
    RecordedEvents events = continued(true);
    assertThat(calls).hasSize(1);
    assertThat(events.only(ToolResult.class).result()).isEqualTo("paid");
    assertThat(events.of(InputRequested.class)).isEmpty();
  }

  @Test
  void a_person_is_asked_about_a_call_of_any_other_tool() throws Exception {
    RecordedEvents events = continued(false);
    assertThat(calls).isEmpty();
    assertThat(events.only(InputRequested.class).kind()).isEqualTo(InputKind.INTERRUPTED_CALL);
  }

  /** Returns the events after a restart while a tool is being called. */
  private RecordedEvents continued(boolean idempotent) throws Exception {
    List<Runnable> before = new ArrayList<>();
    Conversation first = chat(idempotent, before).newConversation("Pay?").start();
    runAll(before);
    model.next().toolCall("pay", "{}").complete();
    ConversationState state = first.snapshot().join();
    RecordedEvents events = new RecordedEvents();
    List<Runnable> tasks = new ArrayList<>();
    var unused = chat(idempotent, tasks).restore(state).inlineListener(events).start();
    runAll(tasks);
    return events;
  }

  private static void runAll(List<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove(0).run();
    }
  }

  private GroupChat chat(boolean idempotent, List<Runnable> tasks) throws TeamFileException {
    TeamFile file =
        TeamFile.parse(
            """
            version: 1
            models: {m: {}}
            tools: {bank: {custom: bank}}
            agents: [{name: Ann, tools: bank}]
            teams: [{name: T, participants: [Ann], max_rounds: 1}]
            """,
            "team.yaml");
    TeamSetup setup =
        TeamSetup.builder()
            .environment(Map.of())
            .clock(new ManualClock())
            .executor(tasks::add)
            .build();
    return new ChatBuilder(file, setup, new Bank(idempotent)).chat(file.teams().get(0));
  }

  private final class Bank implements Parts {
    private final boolean idempotent;

    Bank(boolean idempotent) {
      this.idempotent = idempotent;
    }

    @Override
    public StreamingChatModel model(@Nullable String name) {
      return model;
    }

    @Override
    public Tools tools(String name) {
      TeamTool pay =
          new TeamTool(
              ToolSpecification.builder().name("pay").description("Pays").build(),
              (call, id) -> {
                calls.add(call.name());
                return "paid";
              });
      return Tools.of(List.of(new LetIn(pay, false, idempotent)));
    }

    @Override
    public SpeakerSelector selection(
        SelectionSpec.Custom custom, @Nullable SpeakerSelector orElse) {
      throw new AssertionError(custom);
    }

    @Override
    public TerminationCondition condition(EndSpec.Custom custom) {
      throw new AssertionError(custom);
    }

    @Override
    public TerminationCondition external(String name) {
      throw new AssertionError(name);
    }
  }
}
