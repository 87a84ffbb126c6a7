package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.agentstream.chat.ToolSource.Tool;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools that a turn is offered: fixed ones, those of a source, and those of a provider. */
class OfferedToolsTest extends ToolSourceFixture {

  @Test
  void a_tool_says_that_a_person_must_approve_its_calls() {
    Tool guarded = new Tool(specification("pay"), (request, memory) -> "paid", true, null);
    Agent ann = agent("Ann").toolSource(listing(List.of(guarded, tool("look")))).build();
    Conversation conversation = start(chat(1, ann));
    model.next().toolCall("look", "{}").toolCall("pay", "{}").complete();

    assertThat(events.only(ToolResult.class).result()).isEqualTo("look done");
    InputRequested question = events.only(InputRequested.class);
    assertThat(question.kind()).isEqualTo(InputKind.APPROVAL);
    conversation.input(question.requestId(), "approve").join();
    model.next().tokens("Paid.").complete();
    assertThat(events.of(ToolResult.class)).extracting(ToolResult::result).contains("paid");
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"to":"Ann","amount":7}                    | {"to":"Ann","amount":7}
          {"to":"Ann"}{"to":"Ann"}                   | {"to":"Ann"}
          ``                                         | {}
          """)
  void an_approval_shows_the_arguments_as_the_tool_gets_them(String written, String sent) {
    List<String> got = new ArrayList<>();
    ToolExecutor paying =
        (request, memory) -> {
          got.add(request.arguments());
          return "paid";
        };
    Agent ann =
        agent("Ann")
            .toolSource(listing(List.of(new Tool(specification("pay"), paying, true, null))))
            .build();
    Conversation conversation = start(chat(1, ann));
    model.next().toolCall("pay", written).complete();

    InputRequested question = events.only(InputRequested.class);
    ToolCall shown = events.only(ToolCall.class);
    assertThat(question.callId()).isEqualTo(shown.callId());
    assertThat(question.prompt()).contains("Ann", "pay");
    assertThat(shown.arguments()).isEqualTo(sent);
    conversation.input(question.requestId(), "approve").join();
    assertThat(got).containsExactly(sent);
    model.next().tokens("Paid.").complete();
  }

  @Test
  void fixed_tools_come_first_and_of_two_with_one_name_the_first_is_called() {
    ToolExecutor fixed = (request, memory) -> "fixed";
    Agent ann =
        agent("Ann")
            .tool(specification("a"), fixed)
            .toolSource(listing(List.of(tool("a"), tool("b"))))
            .toolSource(listing(List.of(tool("b"), tool("c"))))
            .build();
    start(chat(1, ann));
    ScriptedCall call = model.next();
    call.toolCall("a", "{}").complete();
    model.next().tokens("Done.").complete();

    assertThat(offered(call)).containsExactly("a", "b", "c");
    assertThat(events.only(ToolResult.class).result()).isEqualTo("fixed");
  }

  @Test
  void a_tool_that_is_called_like_one_of_the_selection_is_not_offered() {
    String handoff = "transfer_to_ben";
    Agent ann = agent("Ann").toolSource(listing(List.of(tool(handoff), tool("a")))).build();
    start(chat(2, ann, agent("Ben").build()).speakerSelector(SpeakerSelector.handoff()));
    ScriptedCall call = model.next();
    call.toolCall(handoff, "{}").complete();
    model.next().tokens("Mine.").complete();

    assertThat(offered(call)).containsOnlyOnce(handoff).contains("a");
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void a_tool_provider_of_langchain4j_is_a_source() {
    List<ToolProviderRequest> requests = new ArrayList<>();
    ToolProvider provider =
        request -> {
          requests.add(request);
          return ToolProviderResult.builder()
              .add(specification("a"), (call, memory) -> "a of " + memory)
              .build();
        };
    Agent ann = agent("Ann").toolProvider(provider).build();
    chat(1, ann)
        .build()
        .newConversation("Tea?")
        .id("c1")
        .owner("mia")
        .inlineListener(events)
        .start();
    model.next().toolCall("a", "{}").complete();
    model.next().tokens("Done.").complete();

    assertThat(events.only(ToolResult.class).result()).isEqualTo("a of c1");
    ToolProviderRequest request = requests.get(0);
    assertThat(request.chatMemoryId()).isEqualTo("c1");
    assertThat(request.userMessage().singleText()).isEqualTo("Tea?");
    assertThat(request.invocationParameters().<String>get(ToolSource.OWNER_ID)).isEqualTo("mia");
    assertThat(request.invocationParameters().<String>get(ToolSource.AGENT_NAME)).isEqualTo("Ann");
  }
}
