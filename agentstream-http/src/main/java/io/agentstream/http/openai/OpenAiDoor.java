package io.agentstream.http.openai;

import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.door.HttpProblem;

/**
 * Serves teams and agents as models of OpenAI's API, for every client that speaks it: {@code GET
 * /models}, {@code GET /models/NAME} and {@code POST /chat/completions}. Map it to {@code /v1/*}.
 * {@code docs/http-formats.md} describes what becomes of each field.
 */
public final class OpenAiDoor extends HttpDoor {

  private static final long serialVersionUID = 1L;

  private static final String MODELS = "/models";
  private static final String COMPLETIONS = "/chat/completions";
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final transient OpenAiSettings settings;
  private final transient RequestReader reader;
  private final long created;

  /** Creates a door with the default settings. */
  public OpenAiDoor(HttpFront front) {
    this(front, OpenAiSettings.defaults());
  }

  /** Creates a door. */
  public OpenAiDoor(HttpFront front, OpenAiSettings settings) {
    super(front);
    this.settings = settings;
    this.reader = new RequestReader(settings);
    this.created = now();
  }

  @Override
  protected void serve(HttpCall call) {
    String path = call.path();
    if (path.equals(COMPLETIONS)) {
      serve(
          call, "POST", () -> call.readJson(settings.maxBodyBytes(), body -> complete(call, body)));
    } else if (path.equals(MODELS)) {
      serve(call, "GET", () -> call.connect(new ModelList(call, null, created)));
    } else if (path.startsWith(MODELS + "/")) {
      String name = path.substring(MODELS.length() + 1);
      serve(call, "GET", () -> call.connect(new ModelList(call, name, created)));
    } else {
      new OpenAiError(
              NOT_FOUND,
              OpenAiError.INVALID_REQUEST,
              "unknown_url",
              null,
              "There are /models and /chat/completions, and nothing at this path.")
          .answer(call);
    }
  }

  private static void serve(HttpCall call, String method, Runnable service) {
    if (call.method().equals(method)) {
      service.run();
    } else {
      call.setHeader("Allow", method);
      new OpenAiError(
              METHOD_NOT_ALLOWED,
              OpenAiError.INVALID_REQUEST,
              "method_not_allowed",
              null,
              "Use " + method + " here.")
          .answer(call);
    }
  }

  private void complete(HttpCall call, String body) {
    try {
      call.connect(new Completion(call, reader.read(body), settings, now(), front().hub()));
    } catch (RefusedRequest e) {
      e.error().answer(call);
    }
  }

  @Override
  protected void refuse(HttpCall call, HttpProblem problem) {
    OpenAiError.of(problem).answer(call);
  }

  private long now() {
    return front().clock().now().getEpochSecond();
  }
}
