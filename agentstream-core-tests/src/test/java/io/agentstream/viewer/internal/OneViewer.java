package io.agentstream.viewer.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.util.List;

/** A hub with one viewer and its socket. */
abstract class OneViewer {

  final ManualClock clock = new ManualClock();
  final ScriptedModel model = new ScriptedModel();
  final Journal journal = new InMemoryJournal(Limits.defaults(), clock);
  final ConversationHub hub = builder(Limits.defaults()).journal(journal).build();
  final FakeTransport socket = new FakeTransport();
  final ViewerConnection viewer = hub.connect(socket, false);

  void start() {
    send("start_conversation", "{\"topic\":\"Tea?\"}");
  }

  String id() {
    return socket.of("accepted").get(0).at("/data/conversation_id").asText();
  }

  void send(String type, String data) {
    send(viewer, type, data);
  }

  static void send(ViewerConnection to, String type, String data) {
    to.receive("{\"type\":\"" + type + "\",\"id\":\"1\",\"data\":" + data + "}", true);
  }

  static List<String> types(FakeTransport socket) {
    return socket.parsed().stream().map(frame -> frame.get("type").asText()).toList();
  }

  static String text(FakeTransport socket, String messageId) {
    StringBuilder text = new StringBuilder();
    for (JsonNode frame : socket.of("streaming_token")) {
      if (frame.at("/data/message_id").asText().equals(messageId)) {
        text.append(frame.at("/data/token").asText());
      }
    }
    return text.toString();
  }

  ConversationHub hub(Limits limits) {
    return builder(limits).build();
  }

  ConversationHubBuilder builder(Limits limits) {
    return ConversationHub.builder()
        .agents(
            Agent.builder("Ann").description("Sees the good.").model(model).build(),
            Agent.builder("Ben").systemPrompt("secret").model(model).build())
        .clock(clock)
        .executor(Runnable::run)
        .limits(limits);
  }
}
