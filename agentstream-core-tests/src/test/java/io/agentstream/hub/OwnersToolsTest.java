package io.agentstream.hub;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.Agent;
import io.agentstream.chat.ToolSource;
import io.agentstream.chat.ToolSource.Tool;
import io.agentstream.viewer.HubViewer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tool that acts with the credentials of the conversation's owner, and a guest who may steer. */
class OwnersToolsTest extends SharedHub {

  private static final Tool PAY =
      Tool.of(
          ToolSpecification.builder().name("pay").build(), (request, memory) -> "paid 7 by Ann");
  private static final ToolSource HERS = turn -> completedStage(List.of(PAY.approvedByOwner()));
  private static final ToolSource OF_ALL =
      turn -> completedStage(List.of(new Tool(PAY.specification(), PAY.executor(), true, null)));

  @Override
  ConversationHubBuilder hub() {
    return unlimited(model, authenticator, clock)
        .agents(
            Agent.builder("Otto").model(model).toolSource(HERS).build(),
            Agent.builder("Olga").model(model).toolSource(OF_ALL).build());
  }

  private HubViewer guest() {
    HubViewer guest = as("ben");
    join(guest, id, share("steer", null));
    return guest;
  }

  private static String response(String conversation, String request, String content) {
    return "{\"conversation_id\":\"%s\",\"request_id\":\"%s\",\"content\":\"%s\"}"
        .formatted(conversation, request, content);
  }

  @Test
  void a_guest_cannot_answer_for_the_owner_and_the_call_keeps_waiting() {
    HubViewer guest = guest();
    model.next().toolCall("pay", "{}").complete();
    assertThat(last(guest, "input_requested").at("/data/owner_only").asBoolean()).isTrue();
    String question = last(guest, "input_requested").at("/data/request_id").asText();

    for (String content : List.of("approve", "deny", "anything")) {
      assertThat(answer(guest, "input_response", response(id, question, content)))
          .contains("not_found", "its owner alone may give it");
    }
    assertThat(guest.socket().of("tool_result")).isEmpty();
    assertThat(guest.socket().of("input_resolved")).isEmpty();
    assertThat(last(guest, "joined").at("/data/owner").asText()).isEqualTo("false");
    join(ann, id, share("steer", null));
    assertThat(last(ann, "joined").get("data").has("owner")).isFalse();
    HubViewer late = as("cid");
    join(late, id, share("steer", null));
    assertThat(last(late, "input_requested").at("/data/owner_only").asBoolean()).isTrue();

    ann.send(command("input_response", response(id, question, "approve")));
    assertThat(last(guest, "tool_result").at("/data/result").asText()).isEqualTo("paid 7 by Ann");
    assertThat(last(guest, "input_resolved").at("/data/author/id").asText()).isEqualTo("ann");
  }

  @Test
  void a_guest_approves_a_tool_that_is_not_the_owners() {
    ann.send(
        command(
            "start_conversation", "{\"topic\":\"Tea?\",\"agents\":[\"Olga\"],\"max_rounds\":1}"));
    String other = last(ann, "accepted").at("/data/conversation_id").asText();
    ann.send(
        command(
            "share_conversation", "{\"conversation_id\":\"" + other + "\",\"access\":\"steer\"}"));
    HubViewer guest = as("ben");
    join(guest, other, last(ann, "shared").at("/data/token").asText());
    model.next();
    model.next().toolCall("pay", "{}").complete();
    assertThat(last(guest, "input_requested").at("/data/owner_only").isMissingNode()).isTrue();
    String question = last(guest, "input_requested").at("/data/request_id").asText();
    assertThat(answer(guest, "input_response", response(other, question, "approve")))
        .doesNotContain("not_found");
    assertThat(last(guest, "tool_result").at("/data/result").asText()).isEqualTo("paid 7 by Ann");
  }
}
