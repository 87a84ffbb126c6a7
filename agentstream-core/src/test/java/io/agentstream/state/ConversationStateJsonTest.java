package io.agentstream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.agentstream.chat.BegunTurn;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversationStateJsonTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void the_golden_document_of_version_1_is_read() throws IOException {
    assertThat(ConversationStateJson.read(golden())).isEqualTo(state());
  }

  @Test
  void what_is_written_is_the_golden_document() throws IOException {
    String written = ConversationStateJson.write(state());

    assertThat(json.readTree(written).toPrettyString())
        .isEqualTo(json.readTree(golden()).toPrettyString());
    assertThat(written).startsWith("{\"version\":1,");
  }

  @Test
  void what_is_null_is_left_out_and_read_as_null() throws IOException {
    ConversationState bare = bare(null);

    String written = ConversationStateJson.write(bare);

    assertThat(written).doesNotContain("null").doesNotContain("\"ending\"");
    assertThat(ConversationStateJson.read(written)).isEqualTo(bare);
  }

  @Test
  void any_text_survives() {
    String text = "\u0000 \"quoted\" \\ \n\t 😀 本 \u2028 </script>";
    Utterance utterance = Utterance.of(new NewMessage("m1", NewMessage.Role.USER, "user", text, 0));

    ConversationState read =
        ConversationStateJson.read(ConversationStateJson.write(bare(utterance)));

    assertThat(read.utterances()).containsExactly(utterance);
  }

  @Test
  void fields_that_a_later_library_added_are_passed_over() throws IOException {
    String later = golden().replaceFirst("\\{", "{\"mood\": {\"ann\": \"fine\"},");

    assertThat(ConversationStateJson.read(later)).isEqualTo(state());
  }

  @Test
  void a_document_from_before_turns_continued_after_their_tool_calls_is_read() throws IOException {
    ObjectNode earlier = (ObjectNode) json.readTree(golden());
    ((ObjectNode) earlier.at("/run/step")).remove("begun");

    ConversationState read = ConversationStateJson.read(earlier.toString());

    assertThat(Objects.requireNonNull(read.run().step()).begun()).isNull();
    assertThat(read.utterances()).isEqualTo(state().utterances());
  }

  @Test
  void a_begun_turn_whose_calls_do_not_fit_its_answer_is_refused() throws IOException {
    JsonNode state = json.readTree(golden());
    ((ArrayNode) state.at("/run/step/begun/0/answers/0/calls")).remove(1);

    assertThatThrownBy(() -> ConversationStateJson.read(state.toString()))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining("an answer does not have these calls");
  }

  @Test
  void a_newer_version_is_refused_with_what_to_do() throws IOException {
    String newer = golden().replaceFirst("\"version\" *: *1", "\"version\": 7");

    assertThatThrownBy(() -> ConversationStateJson.read(newer))
        .isInstanceOf(StateFormatException.class)
        .hasMessage(
            "The state is of version 7, this agentstream reads up to version 1: restore it with"
                + " the agentstream that wrote it, or upgrade this one");
  }

  @Test
  void what_is_no_state_is_refused_with_what_to_do() {
    for (String other : List.of("{}", "[]", "null", "\"x\"", "", "{\"version\": \"1\"}")) {
      assertThatThrownBy(() -> ConversationStateJson.read(other))
          .isInstanceOf(StateFormatException.class)
          .hasMessageContaining("it is not the state of a conversation");
    }
  }

  @Test
  void a_broken_document_is_refused_with_the_place_and_without_its_content() throws IOException {
    assertBroken("\"rounds_begun\" : 2", "\"rounds_begun\" : \"secret\"", " at run.rounds_begun:");
    assertBroken("\"rounds_begun\" : 2,", "", "'rounds_begun'");
    assertBroken("\"sender\" : \"Ann\"", "\"sender\" : null", "utterances[1].message.sender");
    assertBroken("\"role\" : \"user\"", "\"role\" : \"secret\"", "utterances[0].message.role");
    assertBroken("\"first_message\" : 0", "\"first_message\" : 9", "after the last utterance");
    assertBroken("\"type\" : \"AI\"", "\"type\" : \"secret\"", "begun[0].answers[0].answer");
    assertBroken("\"epoch\" : 3,", "\"epoch\" : 3 secret", " at line 4");
  }

  private static void assertBroken(String found, String instead, String place) throws IOException {
    String golden = golden();
    assertThat(golden).contains(found);
    String broken = golden.replaceFirst(Pattern.quote(found), instead);
    assertThatThrownBy(() -> ConversationStateJson.read(broken))
        .isInstanceOf(StateFormatException.class)
        .hasMessageStartingWith("The state is broken")
        .hasMessageContaining(place)
        .hasMessageEndingWith("restore it from another copy")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void half_a_document_is_refused() throws IOException {
    String golden = golden();

    assertThatThrownBy(() -> ConversationStateJson.read(golden.substring(0, 900)))
        .hasMessageStartingWith("The state is broken at line");
    assertThatThrownBy(() -> ConversationStateJson.read(golden + "{}"))
        .hasMessageStartingWith("The state is broken");
  }

  /** A state in which nothing is null that can be there. */
  private static ConversationState state() {
    ToolExecutionRequest request =
        ToolExecutionRequest.builder().id("call_1").name("weather").arguments("{}").build();
    Utterance topic =
        Utterance.of(new NewMessage("m1", NewMessage.Role.USER, "user", "Will it rain?", 0));
    Utterance answer =
        new Utterance(
            new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", "It will.", 1),
            List.of(
                AiMessage.from("Let me see.", List.of(request)),
                ToolExecutionResultMessage.from(request, "rain")));
    Utterance inner =
        Utterance.of(new NewMessage("m4", NewMessage.Role.ASSISTANT, "Dan", "Heavily.", 1));
    Map<String, Usage> byAgent = new LinkedHashMap<>();
    byAgent.put("Ann", Usage.counted(20, 5));
    byAgent.put("Dan", Usage.estimated(9, 3));
    ConversationUsage usage = ConversationUsage.of(byAgent, Usage.counted(7, 1));
    ControlTool handoff =
        new ControlTool(
            ToolSpecification.builder()
                .name("transfer_to_ann")
                .description("Hands over to Ann")
                .parameters(
                    JsonObjectSchema.builder()
                        .addStringProperty("why", "in a word")
                        .required("why")
                        .build())
                .build(),
            "Over to Ann.");
    Selection.Speak decision =
        Selection.speak(
                List.of(
                    Selection.Turn.of("team").withReason("it knows more"),
                    Selection.Turn.of("Ann")
                        .withInstruction("Be brief.")
                        .withTools(List.of(handoff))))
            .inRound(true, false)
            .withState("{\"next\":1}");
    BegunTurn begun =
        new BegunTurn(
            "Dan",
            "Let me see.",
            "Hm.",
            Usage.counted(3, 2),
            List.of(
                new BegunTurn.ToolAnswer(
                    AiMessage.from("Let me see.", List.of(request, request)),
                    List.of(
                        new BegunTurn.Call("k1", "rain", false),
                        new BegunTurn.Call("k2", null, false)))));
    ConversationState.Run run =
        new ConversationState.Run(
            0,
            ConversationUsage.of(Map.of(), Usage.NONE),
            List.of(
                new TurnOutcome(
                    new StreamingComplete(
                        "m2", "Ann", 1, "It will.", 8, TurnFinishReason.STOP, Usage.counted(20, 5)),
                    List.of(new ToolCall("m2", "c1", "weather", "{}")))),
            1,
            2,
            1,
            0,
            4_200,
            new ConversationState.Step(
                decision,
                2,
                List.of(
                    new TurnOutcome(
                        new StreamingComplete("m3", "Ann", 2, "", 0, TurnFinishReason.ERROR, null),
                        List.of())),
                "The turn of Ann failed.",
                List.of(begun)));
    ConversationState.Run innerRun =
        new ConversationState.Run(1, usage, List.of(), 0, 1, 0, 0, 1_100, null);
    return new ConversationState(
        1,
        "MDEyMzQ1Njc4OWFiY2RlZg",
        3,
        "Will it rain?",
        2,
        run,
        4_000,
        new ConversationState.Ending(EndReason.TERMINATED, "'rain' was said."),
        true,
        5,
        1,
        List.of(topic, answer, inner),
        List.of(
            new ConversationState.Team(List.of(), "{\"next\":0}", "Ann", null, null),
            new ConversationState.Team(
                List.of("team"),
                "1",
                null,
                new ConversationState.Answered("asked", "Dan"),
                innerRun)),
        usage,
        new InputRequested(
            "i1",
            InputKind.APPROVAL,
            "Ann",
            null,
            null,
            "May Ann call weather?",
            List.of("approve", "deny"),
            "2026-11-23T10:10:00Z"),
        new ConversationState.Inbox(List.of("And tomorrow?"), true, List.of("d1", "d2")),
        null,
        null,
        null);
  }

  private static ConversationState bare(@Nullable Utterance only) {
    Utterance utterance =
        Objects.requireNonNullElse(
            only, Utterance.of(new NewMessage("m1", NewMessage.Role.USER, "user", "Hm?", 0)));
    ConversationUsage none = ConversationUsage.of(Map.of(), Usage.NONE);
    return new ConversationState(
        1,
        "c",
        1,
        "Hm?",
        1,
        new ConversationState.Run(0, none, List.of(), 0, 0, 0, 0, 0, null),
        0,
        null,
        false,
        1,
        0,
        List.of(utterance),
        List.of(),
        none,
        null,
        new ConversationState.Inbox(List.of(), false, List.of()),
        null,
        null,
        null);
  }

  private static String golden() throws IOException {
    try (var file =
        Objects.requireNonNull(
            ConversationStateJsonTest.class.getResourceAsStream("/golden/state-v1.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
