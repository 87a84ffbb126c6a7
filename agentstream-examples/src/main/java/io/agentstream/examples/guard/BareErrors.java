package io.agentstream.examples.guard;

import io.agentstream.event.ErrorCode;
import io.agentstream.http.door.HttpProblem;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty refuses by itself, because Jetty's own page quotes the request and the reason.
 * Clients of a door get a problem, as for any other mistake; so do clients whose request Jetty
 * could not read, because it may have been for a door. All others get the status only.
 */
public final class BareErrors extends ErrorHandler {

  /** Jetty's path for a request that it could not read. */
  private static final Set<String> UNREAD = Set.of("/badMessage", "/badURI");

  private final DoorPaths doors;

  /** Creates a handler for a server with these doors. */
  public BareErrors(DoorPaths doors) {
    this.doors = doors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (doors.contain(request) || isUnread(request)) {
      Refusal.send(response, callback, problem(response.getStatus()));
    } else {
      response.write(true, null, callback);
    }
    return true;
  }

  private static boolean isUnread(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null || UNREAD.contains(path);
  }

  private static HttpProblem problem(int status) {
    return switch (status) {
      case HttpStatus.NOT_FOUND_404 -> HttpProblem.noSuchPath();
      case HttpStatus.PAYLOAD_TOO_LARGE_413,
          HttpStatus.URI_TOO_LONG_414,
          HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          new HttpProblem(status, "limit_exceeded", "The request is too long.");
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
          HttpProblem.of(ErrorCode.UNAVAILABLE, "The server is too busy; try again.");
      default ->
          HttpStatus.isServerError(status)
              ? new HttpProblem(status, "internal", "The request could not be carried out.")
              : new HttpProblem(status, "bad_request", "The request is not well-formed HTTP/1.1.");
    };
  }
}
