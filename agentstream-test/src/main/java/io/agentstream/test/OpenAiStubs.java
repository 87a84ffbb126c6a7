package io.agentstream.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An OpenAI-compatible model server on WireMock, for tests over real HTTP without a model. As a
 * JUnit extension in a static field it resets before each test and stops after the last:
 *
 * <pre>{@code
 * @RegisterExtension static final OpenAiStubs openAi = OpenAiStubs.start();
 *
 * openAi.answers("Yes", ", it will.");            // the first call
 * openAi.next(OpenAiAnswer.status(500));          // the second
 * openAi.always(OpenAiAnswer.stream().tokens("Fine."));
 * model = OpenAiStreamingChatModel.builder().baseUrl(openAi.baseUrl())…
 * }</pre>
 *
 * <p>Calls get the answers in the order in which they arrive. If agents speak at once, give each
 * its own model name and set its answers with {@link #next(String, OpenAiAnswer...)}. Thread-safe.
 */
public final class OpenAiStubs implements AutoCloseable, BeforeEachCallback, AfterAllCallback {

  private static final String PATH = "/v1/chat/completions";
  private static final String ANY_MODEL = "";

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Queue<OpenAiAnswer>> answers = new ConcurrentHashMap<>();
  private final Map<String, OpenAiAnswer> otherwise = new ConcurrentHashMap<>();
  private final WireMockServer server;

  private OpenAiStubs() {
    this.server = new WireMockServer(options().dynamicPort().extensions(new Answers()));
  }

  /** Starts a server on a free port. Every call fails until answers are set. */
  public static OpenAiStubs start() {
    OpenAiStubs stubs = new OpenAiStubs();
    stubs.server.start();
    stubs.stub();
    return stubs;
  }

  /** Returns the base URL for a model: {@code http://localhost:<port>/v1}. */
  public String baseUrl() {
    return server.baseUrl() + "/v1";
  }

  /** Answers the next call with these tokens, a finish reason, usage and {@code [DONE]}. */
  public OpenAiStubs answers(String... tokens) {
    return next(OpenAiAnswer.stream().tokens(tokens));
  }

  /** Answers the next calls, each with one of these answers. */
  public OpenAiStubs next(OpenAiAnswer... answers) {
    return next(ANY_MODEL, answers);
  }

  /** Answers the next calls that name this model, each with one of these answers. */
  public OpenAiStubs next(String modelName, OpenAiAnswer... answers) {
    queue(modelName).addAll(Arrays.asList(answers));
    return this;
  }

  /** Answers every call for which no other answer is left. */
  public OpenAiStubs always(OpenAiAnswer answer) {
    return always(ANY_MODEL, answer);
  }

  /** Answers every call that names this model and for which no other answer is left. */
  public OpenAiStubs always(String modelName, OpenAiAnswer answer) {
    otherwise.put(modelName, answer);
    return this;
  }

  /** Returns the bodies of all calls since the start or the last {@link #reset}, in order. */
  public List<String> requests() {
    List<String> bodies = new ArrayList<>();
    server.getAllServeEvents().forEach(event -> bodies.add(event.getRequest().getBodyAsString()));
    Collections.reverse(bodies);
    return bodies;
  }

  /** Returns WireMock itself, for everything that this class does not offer. */
  public WireMockServer wireMock() {
    return server;
  }

  /** Removes all answers and recorded calls. */
  public void reset() {
    answers.clear();
    otherwise.clear();
    server.resetAll();
    stub();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void stub() {
    server.stubFor(
        any(urlPathEqualTo(PATH)).willReturn(aResponse().withTransformers(Answers.NAME)));
  }

  private Queue<OpenAiAnswer> queue(String modelName) {
    return answers.computeIfAbsent(modelName, name -> new ConcurrentLinkedQueue<>());
  }

  private OpenAiAnswer answer(String modelName) {
    for (String name : List.of(modelName, ANY_MODEL)) {
      OpenAiAnswer next = queue(name).poll();
      OpenAiAnswer answer = next == null ? otherwise.get(name) : next;
      if (answer != null) {
        return answer;
      }
    }
    // Not a server error, because that would be retried.
    return OpenAiAnswer.status(404);
  }

  private String modelName(String request) {
    try {
      return json.readTree(request).path("model").asText(ANY_MODEL);
    } catch (JsonProcessingException e) {
      return ANY_MODEL;
    }
  }

  private final class Answers implements ResponseDefinitionTransformerV2 {
    static final String NAME = "agentstream-answers";

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer(modelName(event.getRequest().getBodyAsString())).toResponse().build();
    }

    @Override
    public String getName() {
      return NAME;
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }
  }
}
