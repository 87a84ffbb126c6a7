package io.agentstream.examples.guard;

import io.agentstream.event.ErrorCode;
import io.agentstream.http.door.HttpProblem;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Accepts only GET and HEAD, except for the hub's doors, and only paths in their plain spelling.
 * Another spelling of a path (escapes, parameters, dots, empty segments) could pass a proxy's rules
 * and then mean {@code /metrics} here.
 */
public final class RequestGuard extends Handler.Wrapper {

  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9_@.-]*)*/?");

  /**
   * Names of agents and teams stand in the paths of doors. Escapes that servers take for another
   * path are refused there too: dots, slashes, semicolons, percent signs and control characters.
   */
  private static final Pattern WITH_NAMES =
      Pattern.compile(
          "(/([A-Za-z0-9_@-]|%(?!2[5EeFf]|3[Bb]|5[Cc]|[01])[0-9A-Fa-f]{2})"
              + "([A-Za-z0-9_@.-]|%(?!2[5EeFf]|3[Bb]|5[Cc]|[01])[0-9A-Fa-f]{2})*)*/?");

  private static final String SPELLING =
      "A path has no dot segments, semicolons or empty segments, and no escapes of '.', '/', ';',"
          + " '%', '\\' or control characters. For such a name use POST /api/commands.";

  private final DoorPaths doors;

  /** Wraps a handler. */
  public RequestGuard(Handler handler, DoorPaths doors) {
    super(handler);
    this.doors = doors;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!METHODS.contains(request.getMethod()) && !doors.contain(request)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Refusal.send(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "");
      return true;
    }
    if (!isPlain(request)) {
      refuse(request, response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private boolean isPlain(Request request) {
    String path = request.getHttpURI().getPath();
    Pattern spelling = doors.contain(request) ? WITH_NAMES : PLAIN;
    return path != null && spelling.matcher(path).matches();
  }

  private void refuse(Request request, Response response, Callback callback) {
    if (doors.contain(request)) {
      Refusal.send(response, callback, HttpProblem.of(ErrorCode.NOT_FOUND, SPELLING));
    } else {
      Refusal.send(response, callback, HttpStatus.NOT_FOUND_404, "");
    }
  }
}
