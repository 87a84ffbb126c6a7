package io.agentstream.http.door;

import io.agentstream.identity.Handshake;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.ProtocolException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request that a door has admitted. It ends exactly once: with {@link #answer}, {@link
 * #refuse}, or the last frame of its {@link HttpViewer}. Thread-safe; no method blocks.
 */
public final class HttpCall {

  private final HttpFront front;
  private final BiConsumer<HttpCall, HttpProblem> refusal;
  private final HttpServletRequest request;
  private final HttpServletResponse headers;
  private final RequestRest rest;
  private final CallResponse response;
  private volatile Handshake handshake;

  /**
   * @param refusal answers the call in the form of its door
   */
  HttpCall(
      HttpFront front,
      BiConsumer<HttpCall, HttpProblem> refusal,
      HttpServletRequest request,
      HttpServletResponse response,
      Handshake handshake) {
    this.front = front;
    this.refusal = refusal;
    this.request = request;
    this.headers = response;
    this.handshake = handshake;
    this.rest = new RequestRest(request, front.clock(), front.hub().limits().maxImportBytes());
    this.response =
        new CallResponse(
            request, response, rest, front.clock(), () -> refuse(HttpProblem.tooLate()));
  }

  /**
   * Sets how long the beginning of the response may take from now on, 60 seconds by default; a call
   * that takes longer is refused.
   */
  public void setPatience(Duration longest) {
    response.setPatience(longest);
  }

  /** Returns the method, in capital letters. */
  public String method() {
    return request.getMethod();
  }

  /** Returns the path behind the door's own, decoded; {@code /} if there is none. */
  public String path() {
    String path = request.getPathInfo();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /**
   * Returns the value of a parameter of the query; null if it is missing.
   *
   * @throws ProtocolException if it is repeated or malformed
   */
  public @Nullable String query(String name) throws ProtocolException {
    return QueryString.value(request.getQueryString(), name);
  }

  /** Returns the first header of this name, in any case, or null. */
  public @Nullable String header(String name) {
    return handshake.header(name);
  }

  /** Returns the handshake that authenticates the user. */
  public Handshake handshake() {
    return handshake;
  }

  /** Returns the tickets of all doors. */
  public Tickets tickets() {
    return front.tickets();
  }

  /** Uses up the ticket of a GET; returns false if it has an invalid one. */
  boolean redeemsTicket() throws ProtocolException {
    String ticket = method().equals("GET") ? query("ticket") : null;
    if (ticket == null) {
      return true;
    }
    Handshake known = tickets().redeem(ticket, handshake);
    if (known != null) {
      handshake = known;
    }
    return known != null;
  }

  Runnable watchLogin(Runnable onLogout) {
    return LoginWatch.begin(request, onLogout);
  }

  /** Sets a header of the response; has no effect once the response has begun. */
  public void setHeader(String name, String value) {
    headers.setHeader(name, value);
  }

  /**
   * Reads a JSON body and calls {@code then} with its text, empty if there is none. A body that is
   * longer than a message may be, that has another content type, or that is not UTF-8 is refused
   * instead.
   */
  public void readJson(BodyReader then) {
    readJson(front.hub().limits().maxMessageBytes(), then);
  }

  /** Does the same with another bound, for a format whose clients send more than a message. */
  public void readJson(int maxBytes, BodyReader then) {
    new JsonBody(this, request, rest, maxBytes, then).read();
  }

  /** Does the same with the bound of an imported conversation. */
  public void readDocument(BodyReader then) {
    readJson(front.hub().limits().maxImportBytes(), then);
  }

  BodySpace.Place bodyPlace() {
    return front.bodySpace().placeFor(front.hub().network(handshake));
  }

  /** Connects the call to the hub; called once. See {@link HttpViewer}. */
  public void connect(HttpViewer viewer) {
    if (method().equals("HEAD")) {
      // The client's end of a response without a body would never be noticed.
      refuse(HttpProblem.methodNotAllowed());
      return;
    }
    Passage opened = new Passage(this, viewer);
    if (response.attach(opened)) {
      opened.open(front.hub());
    }
  }

  /**
   * Begins the response, which the frames of the viewer continue.
   *
   * @return false if it has begun already, for example with a problem; then nothing changes
   */
  public boolean begin(int status, String contentType) {
    return response.begin(status, contentType);
  }

  /** Marks the frame after which the response ends, and returns it. */
  public String last(String frame) {
    return response.last(frame);
  }

  /** Sends a whole response, unless one has begun. */
  public void answer(int status, String contentType, String text) {
    response.answer(status, contentType, text);
  }

  /**
   * Refuses the call in the door's own form, unless a response has begun. The body is received
   * first, unless it is very long: a client that still sends would lose the response.
   */
  public void refuse(HttpProblem problem) {
    if (response.refuse()) {
      RefusalHeaders.set(problem, headers);
      rest.skip(() -> refusal.accept(this, problem));
    }
  }

  void failed(Throwable failure) {
    if (failure instanceof ProtocolException refused) {
      refuse(HttpProblem.of(refused.code(), refused.reason()));
      return;
    }
    Defects.log(failure);
    refuse(HttpProblem.internal());
  }

  void send(String frame, Consumer<@Nullable Throwable> onSent) {
    response.send(frame, onSent);
  }

  /** Ends the response. */
  void end(boolean complete) {
    response.end(complete);
  }

  /** The hub closes the connection. */
  void closedByHub(int closeCode, String reason, @Nullable String lastWords) {
    if (!response.hasBegun()) {
      refuse(HttpProblem.ofClose(closeCode, reason));
    } else if (lastWords == null || closeCode == CloseCode.TOO_SLOW.code()) {
      response.end(false);
    } else {
      response.sayFarewell(lastWords);
    }
  }

  /** Receives a body. */
  @FunctionalInterface
  public interface BodyReader {
    /**
     * Receives the text, on any thread; must not block.
     *
     * @throws Exception as in {@link HttpDoor#serve}
     */
    void read(String text) throws Exception;
  }
}
