package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.door.HttpProblem;
import io.agentstream.http.rest.Routes.Match;
import java.util.Optional;
import java.util.SortedSet;

/** Serves the commands of the protocol and the events of conversations. */
public final class RestDoor extends HttpDoor {

  private static final long serialVersionUID = 1L;

  /** Creates a door. */
  public RestDoor(HttpFront front) {
    super(front);
  }

  @Override
  protected void serve(HttpCall call) throws Exception {
    Optional<Match> match = Routes.find(call.method(), call.path());
    if (match.isPresent()) {
      match.get().serve(call);
      return;
    }
    SortedSet<String> methods = Routes.methodsOf(call.path());
    if (methods.isEmpty()) {
      call.refuse(HttpProblem.noSuchPath());
    } else {
      call.setHeader("Allow", String.join(", ", methods));
      call.refuse(HttpProblem.methodNotAllowed());
    }
  }
}
