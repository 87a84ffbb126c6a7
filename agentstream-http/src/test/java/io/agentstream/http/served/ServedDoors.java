package io.agentstream.http.served;

import io.agentstream.http.AgentstreamHttp;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.time.ChatClock;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** A hub behind all of its doors, in a running container. */
public final class ServedDoors {

  private final EmbeddedServer server;
  private final ConversationHub hub;
  private final URI root;

  /** Starts a container with the usual doors, whose calls have another clock than the hub. */
  public static ServedDoors start(
      EmbeddedServer server, ConversationHubBuilder builder, ChatClock clock) throws Exception {
    ConversationHub hub = builder.build();
    HttpFront front = HttpFront.of(hub, clock);
    return new ServedDoors(server, hub, AgentstreamHttp.doors(front));
  }

  private ServedDoors(EmbeddedServer server, ConversationHub hub, Map<String, HttpDoor> doors)
      throws Exception {
    this.server = server;
    this.hub = hub;
    this.root = server.start(doors);
  }

  /** Starts a container with the usual doors. */
  public static ServedDoors start(EmbeddedServer server, ConversationHubBuilder builder)
      throws Exception {
    return start(server, builder, Map.of());
  }

  /** Starts a container with the usual doors, and others. */
  public static ServedDoors start(
      EmbeddedServer server, ConversationHubBuilder builder, Map<String, DoorFactory> others)
      throws Exception {
    ConversationHub hub = builder.build();
    HttpFront front = HttpFront.of(hub);
    Map<String, HttpDoor> doors = new LinkedHashMap<>(AgentstreamHttp.doors(front));
    others.forEach((path, factory) -> doors.put(path, factory.door(front)));
    return new ServedDoors(server, hub, doors);
  }

  public ConversationHub hub() {
    return hub;
  }

  public URI root() {
    return root;
  }

  public HttpAnswers http() {
    return new HttpAnswers(root);
  }

  public void stop() throws Exception {
    hub.close();
    server.stop();
  }

  /** Makes a door. */
  public interface DoorFactory {
    HttpDoor door(HttpFront front);
  }
}
