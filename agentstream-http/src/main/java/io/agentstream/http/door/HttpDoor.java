package io.agentstream.http.door;

import io.agentstream.identity.Handshake;
import io.agentstream.internal.UserCode;
import io.agentstream.wire.ProtocolException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A servlet for one format over HTTP. It admits requests, and {@link #serve} answers them. Map it
 * with asynchronous support. The user of a call is found by the hub's {@link
 * io.agentstream.identity.Authenticator}, from the request's headers or from the token of {@code
 * Authorization: Bearer}.
 */
public abstract class HttpDoor extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient HttpFront front;

  /** Creates a door. */
  protected HttpDoor(HttpFront front) {
    this.front = front;
  }

  /** Returns the front that the door shares with others. */
  protected final HttpFront front() {
    return front;
  }

  /**
   * Answers one admitted call, now or later. Must not block.
   *
   * @throws ProtocolException to refuse the call
   * @throws Exception any other one is a defect, and the client gets status 500
   */
  protected abstract void serve(HttpCall call) throws Exception;

  /**
   * Writes why a call is refused: by default as problem details. Override it for a format with
   * errors of its own, and call {@link HttpCall#answer}.
   */
  protected void refuse(HttpCall call, HttpProblem problem) {
    call.answer(problem.status(), HttpProblem.CONTENT_TYPE, problem.toJson());
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    front.crossSite().allowReading(request.getHeader("Origin"), response);
    if (front.crossSite().answersPreflight(request, response)) {
      return;
    }
    Handshake handshake = handshakeOf(request);
    HttpCall call = new HttpCall(front, this::refuse, request, response, handshake);
    try {
      if (!front.crossSite().admits(request, handshake)) {
        call.refuse(HttpProblem.originNotAllowed());
      } else if (call.redeemsTicket()) {
        serve(call);
      } else {
        call.refuse(HttpProblem.wrongTicket());
      }
    } catch (Throwable e) {
      UserCode.caught(e);
      call.failed(e);
    }
  }

  private static Handshake handshakeOf(HttpServletRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    return new Handshake(
        headers,
        request.isSecure(),
        request.getRemoteAddr(),
        request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName(),
        null);
  }
}
