package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.socket.SocketViewer;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * The adapter's contract on every container, tested with a real WebSocket client. The interfaces
 * that it implements contain the tests, one subject each. To add a container, write a subclass that
 * starts it.
 */
@Timeout(300)
abstract class AdapterContract
    implements HandshakeContract,
        OriginContract,
        AuthenticationContract,
        ConversationContract,
        SteeringContract,
        JoiningContract,
        LivenessContract,
        BadInputContract,
        FanOutContract,
        SlowViewerContract,
        StuckCrowdContract,
        OriginalDialectContract {

  private final Deque<Executable> closing = new ArrayDeque<>();
  private URI endpoint = URI.create("ws://not-started/");

  abstract EmbeddedContainer newContainer();

  @Override
  public ConversationHub serve(
      ConversationHubBuilder builder, UnaryOperator<ServerContainer> containerSeenByAdapter)
      throws Exception {
    ConversationHub hub = builder.build();
    EmbeddedContainer container = newContainer();
    closing.push(container::stop);
    closing.push(hub::close);
    URI root =
        container.start(
            found ->
                AgentstreamWebSocket.register(containerSeenByAdapter.apply(found), "/ws", hub));
    endpoint = URI.create("ws://" + root.getAuthority() + "/ws");
    return hub;
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public SocketViewer connect(Map<String, String> headers, String... subprotocols) {
    SocketViewer viewer = SmallBuffers.connect(endpoint, headers, subprotocols);
    closing.push(viewer::vanish);
    return viewer;
  }

  @AfterEach
  void closeEverything() throws Throwable {
    while (!closing.isEmpty()) {
      closing.pop().execute();
    }
  }
}
