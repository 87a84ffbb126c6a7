package io.agentstream.http.agui;

import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.door.HttpProblem;
import org.jspecify.annotations.Nullable;

/**
 * Serves teams and agents to front ends that speak AG-UI: {@code POST /NAME} with RunAgentInput
 * gives a run as server-sent events. Map it to {@code /agui/*}. The same thread from another page,
 * or after a reload, joins the run again. {@code docs/http-formats.md} says what becomes of each
 * field.
 */
public final class AgUiDoor extends HttpDoor {

  private static final long serialVersionUID = 1L;

  private static final int DEFAULT_MAX_BODY_BYTES = 4 * 1024 * 1024;
  private static final int MAX_MESSAGES = 2_000;

  private final int maxBodyBytes;
  private final transient RunInputReader reader = new RunInputReader(MAX_MESSAGES);

  /** Creates a door for requests of up to 4 MiB. */
  public AgUiDoor(HttpFront front) {
    this(front, DEFAULT_MAX_BODY_BYTES);
  }

  /**
   * Creates a door.
   *
   * @param maxBodyBytes the longest request, in bytes, from 1
   */
  public AgUiDoor(HttpFront front, int maxBodyBytes) {
    super(front);
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  protected void serve(HttpCall call) {
    String name = call.path().substring(1);
    if (name.contains("/")) {
      call.refuse(HttpProblem.noSuchPath());
    } else if (!call.method().equals("POST")) {
      call.setHeader("Allow", "POST");
      call.refuse(HttpProblem.methodNotAllowed());
    } else {
      call.readJson(maxBodyBytes, body -> run(call, body, name.isEmpty() ? null : name));
    }
  }

  private void run(HttpCall call, String body, @Nullable String agent) throws Exception {
    call.connect(new AgUiRun(call, reader.read(body, agent)));
  }
}
