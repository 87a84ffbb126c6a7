package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.test.ScriptedCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The request to an agent's model for a turn. */
class TurnPromptTest extends ChatFixture {

  @Test
  void an_agent_that_speaks_twice_in_a_row_is_asked_to_go_on() {
    start(chat(2, "Ann"));
    model.next().tokens("First.").complete();

    List<ChatMessage> messages = model.next().messages();

    assertThat(messages)
        .containsExactly(
            UserMessage.from("user: Tea?"),
            AiMessage.from("First."),
            UserMessage.from("(Nobody has said anything since. Go on.)"));
  }

  @Test
  void an_agent_that_others_have_answered_is_not() {
    start(chat(2, "Ann", "Ben"));
    model.next().tokens("a").complete();
    model.next().tokens("b").complete();

    assertThat(lastText(model.next())).isEqualTo("Ben: b");
  }

  @Test
  void what_a_team_is_told_reaches_its_members() {
    Agent team = chat(1, "Ann", "Ben").build().asAgent("Team", "");
    start(chat(1, team).speakerSelector(telling("Team", "Be brief.")));
    ScriptedCall ann = model.next();
    assertThat(lastText(ann)).endsWith("Be brief.");
    ann.tokens("a").complete();

    assertThat(lastText(model.next())).endsWith("Be brief.");
  }

  @Test
  void what_a_team_is_told_comes_before_what_its_own_selector_tells_a_member() {
    Agent team =
        chat(1, "Ann").speakerSelector(telling("Ann", "Name one.")).build().asAgent("Team", "");
    start(chat(1, team).speakerSelector(telling("Team", "Be brief.")));

    assertThat(lastText(model.next())).endsWith("Be brief.\n\nName one.");
  }

  @Test
  void a_tool_that_the_selector_gives_takes_the_place_of_the_agents_own_of_that_name() {
    ControlTool given =
        new ControlTool(ToolSpecification.builder().name("go").description("given").build(), "");
    start(
        chat(1, withTool("go"))
            .speakerSelector(
                EngineEdgesTest.selector(
                    context ->
                        CompletableFuture.completedStage(
                            Selection.speak(
                                List.of(Selection.Turn.of("Ann").withTools(List.of(given))))))));

    assertThat(model.next().request().toolSpecifications())
        .extracting(ToolSpecification::description)
        .containsExactly("given");
  }

  @Test
  void a_tool_called_as_one_that_hands_over_stops_the_build_and_is_named() {
    GroupChat.Builder chat =
        chat(1, withTool("transfer_to_ben"), agent("Ben").build())
            .speakerSelector(SpeakerSelector.handoff());

    assertThatThrownBy(chat::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Agent 'Ann' has a tool 'transfer_to_ben', as one is called that the selector handoff"
                + " gives to agents: rename it");
  }

  private Agent withTool(String name) {
    return agent("Ann")
        .tool(ToolSpecification.builder().name(name).description("own").build(), (call, id) -> "")
        .build();
  }

  private static SpeakerSelector telling(String name, String instruction) {
    return EngineEdgesTest.selector(
        context ->
            CompletableFuture.completedStage(
                Selection.speak(List.of(Selection.Turn.of(name).withInstruction(instruction)))));
  }

  private static String lastText(ScriptedCall call) {
    List<ChatMessage> messages = call.messages();
    return ((UserMessage) messages.get(messages.size() - 1)).singleText();
  }
}
