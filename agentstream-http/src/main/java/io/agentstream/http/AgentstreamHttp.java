package io.agentstream.http;

import io.agentstream.http.agui.AgUiDoor;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.openai.OpenAiDoor;
import io.agentstream.http.rest.RestDoor;
import io.agentstream.hub.ConversationHub;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Registers the doors of a hub. */
public final class AgentstreamHttp {

  private AgentstreamHttp() {}

  /**
   * Registers every door under its usual path. Call this while the web application starts.
   *
   * @throws IllegalStateException if the web application has already started, or a path is taken
   */
  public static void register(ServletContext context, ConversationHub hub) {
    doors(HttpFront.of(hub)).forEach((path, door) -> register(context, path, door));
  }

  /**
   * Registers one door, for example one for a format of your own.
   *
   * @param path a servlet mapping, such as {@code /api/*}
   * @throws IllegalStateException if the web application has already started, or the path is taken
   */
  public static void register(ServletContext context, String path, HttpDoor door) {
    ServletRegistration.Dynamic servlet =
        context.addServlet(door.getClass().getName() + path, door);
    if (servlet == null) {
      throw new IllegalStateException("A door is already registered for " + path);
    }
    servlet.setAsyncSupported(true);
    if (!servlet.addMapping(path).isEmpty()) {
      throw new IllegalStateException("The path " + path + " belongs to another servlet");
    }
  }

  /**
   * Returns a new door for each usual path, to be mapped with asynchronous support.
   *
   * @return the doors by their servlet mappings
   */
  public static Map<String, HttpDoor> doors(HttpFront front) {
    Map<String, HttpDoor> doors = new LinkedHashMap<>();
    doors.put("/api/*", new RestDoor(front));
    doors.put("/v1/*", new OpenAiDoor(front));
    doors.put("/agui/*", new AgUiDoor(front));
    return Collections.unmodifiableMap(doors);
  }
}
