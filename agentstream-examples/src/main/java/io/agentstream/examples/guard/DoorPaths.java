package io.agentstream.examples.guard;

import java.util.Collection;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * The paths of the hub's doors over HTTP. A door has methods of its own, and the hub bounds its
 * responses, as it bounds a WebSocket.
 *
 * @param folders each begins and ends with {@code /}
 */
public record DoorPaths(List<String> folders) {

  /** The paths of a server without doors. */
  public static final DoorPaths NONE = new DoorPaths(List.of());

  /** Keeps a copy of the list. */
  public DoorPaths {
    folders = List.copyOf(folders);
  }

  /**
   * Returns the paths of servlet mappings.
   *
   * @param mappings such as {@code /api/*}
   */
  public static DoorPaths of(Collection<String> mappings) {
    return new DoorPaths(mappings.stream().map(mapping -> mapping.replace("*", "")).toList());
  }

  boolean contain(Request request) {
    String path = request.getHttpURI().getPath();
    return path != null
        && folders.stream()
            .anyMatch(folder -> path.startsWith(folder) || (path + "/").equals(folder));
  }
}
