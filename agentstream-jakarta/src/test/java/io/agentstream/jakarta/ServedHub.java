package io.agentstream.jakarta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The fixture of the contract tests: a hub behind the adapter in a running container. */
interface ServedHub {

  /** However far a test lets the time of a stuck write pass, nothing else is due. */
  Timeouts ONLY_WRITES_TIMED =
      Timeouts.builder()
          .heartbeat(Duration.ofDays(24))
          .endedConversation(Duration.ofDays(24))
          .build();

  /** Starts the container; {@code containerSeenByAdapter} may put something in between. */
  ConversationHub serve(
      ConversationHubBuilder builder, UnaryOperator<ServerContainer> containerSeenByAdapter)
      throws Exception;

  /** Returns the endpoint's address. */
  URI endpoint();

  /** Connects a viewer that offers these subprotocols; none means the original dialect. */
  default SocketViewer connect(String... subprotocols) {
    return connect(Map.of(), subprotocols);
  }

  /** The same, with these headers in the handshake. */
  SocketViewer connect(Map<String, String> headers, String... subprotocols);

  default ConversationHub serve(ConversationHubBuilder builder) throws Exception {
    return serve(builder, container -> container);
  }

  /** Serves one agent, Ada, who speaks for one round. */
  default ConversationHub serve(StreamingChatModel model) throws Exception {
    return serve(hubOf(model));
  }

  /** A viewer of version 1 who has read its welcome, and whom the hub has taken in wholly. */
  default SocketViewer viewer() {
    SocketViewer viewer = connect("agentstream.v1");
    viewer.expect("welcome");
    assertPong(viewer);
    return viewer;
  }

  /** A model that answers every call with these tokens at once. */
  static ScriptedModel saying(String... tokens) {
    return new ScriptedModel().always(call -> call.tokens(tokens).complete());
  }

  static ConversationHubBuilder hubOf(StreamingChatModel model) {
    return ConversationHub.builder().agents(agent("Ada", model)).defaultMaxRounds(1);
  }

  static Agent agent(String name, StreamingChatModel model) {
    return Agent.builder(name).model(model).build();
  }

  /** Starts a conversation with everyone and returns its id; its events follow from the first. */
  static String start(SocketViewer viewer) {
    viewer.send(
        """
        {"type": "start_conversation", "id": "start", "data": {"topic": "tea"}}""");
    JsonNode accepted = viewer.expect("accepted");
    return accepted.at("/data/conversation_id").textValue();
  }

  /** Views a conversation from a snapshot on. */
  static void join(SocketViewer viewer, String conversationId) {
    viewer.send(
        """
        {"type": "join_conversation", "id": "join", "data": {"conversation_id": "%s"}}"""
            .formatted(conversationId));
  }

  /** Views a conversation from the event after {@code afterSeq} on. */
  static void join(SocketViewer viewer, String conversationId, long epoch, long afterSeq) {
    viewer.send(
        """
        {"type": "join_conversation", "id": "join",
         "data": {"conversation_id": "%s", "epoch": %d, "after_seq": %d}}"""
            .formatted(conversationId, epoch, afterSeq));
  }

  /** Sends a command that concerns a conversation and has no more fields. */
  static void send(SocketViewer viewer, String type, String conversationId) {
    viewer.send(
        """
        {"type": "%1$s", "id": "%1$s", "data": {"conversation_id": "%2$s"}}"""
            .formatted(type, conversationId));
  }

  /**
   * Lets the time for a write pass, until all viewers whose sockets take nothing are closed: on a
   * busy machine, the write that is stuck may begin only after the clock was advanced. The alarm
   * that remains is the retention of the ended conversation.
   */
  static void awaitStuckViewersClosed(ManualClock clock) {
    Eventually.await(
        "all stuck viewers are closed",
        () -> {
          clock.advance(Timeouts.defaults().stuckWrite());
          return clock.alarms() == 1;
        });
  }

  /** Asserts that the connection is alive and that nothing else was on its way. */
  static void assertPong(SocketViewer viewer) {
    viewer.send(
        """
        {"type": "ping"}""");
    viewer.expect("pong");
  }
}
