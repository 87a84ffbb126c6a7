package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A team of two, and what clients read of its answers. */
final class TeaTeam {

  static final String PATH = "/v1/chat/completions";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TeaTeam() {}

  /** Ann and Ben, who speak once each, and Ann alone. */
  static ConversationHubBuilder hub(ScriptedModel model) {
    Agent ann = agent("Ann", model).build();
    Agent ben = agent("Ben", model).build();
    return ConversationHub.builder()
        .agents(ann)
        .team("tea", GroupChat.builder().participants(ann, ben).maxRounds(1).build());
  }

  static Agent.Builder agent(String name, ScriptedModel model) {
    return Agent.builder(name)
        .description(name + " knows tea")
        .introduced(false)
        .retryPolicy(RetryPolicy.none())
        .model(model);
  }

  /** Returns a request with one message of the user. */
  static String ask(String model, String more) {
    return "{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Tea?\"}]"
        + (more.isEmpty() ? "" : ",")
        + more
        + "}";
  }

  /** Returns the data of each event; the last one is {@code [DONE]} if the answer is whole. */
  static List<String> data(Answer answer) {
    List<String> data = new ArrayList<>();
    for (String line : answer.response().body().split("\n", -1)) {
      if (line.startsWith("data: ")) {
        data.add(line.substring("data: ".length()));
      }
    }
    return data;
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("No JSON: " + text, e);
    }
  }

  /** Returns the text of all chunks. */
  static String text(Answer answer) {
    StringBuilder text = new StringBuilder();
    for (String data : data(answer)) {
      if (!data.equals("[DONE]")) {
        text.append(json(data).at("/choices/0/delta/content").asText(""));
      }
    }
    return text.toString();
  }
}
