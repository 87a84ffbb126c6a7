package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;

/** A hub whose only agent is Ann, and a viewer's socket. */
abstract class HubOfAnn {

  final ManualClock clock = new ManualClock();
  final ScriptedModel model = new ScriptedModel();
  final FakeTransport socket = new FakeTransport();

  ConversationHubBuilder hub() {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .clock(clock)
        .executor(Runnable::run);
  }

  static void start(ViewerConnection viewer) {
    send(viewer, "start_conversation", "{\"topic\":\"Tea?\"}");
  }

  static void send(ViewerConnection viewer, String type, String data) {
    viewer.receive("{\"type\":\"" + type + "\",\"data\":" + data + "}", true);
  }
}
