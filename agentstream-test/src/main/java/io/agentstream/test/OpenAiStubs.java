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
 * JUnit extension in a static field it starts over before each test and stops after the last:
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
 * <p>Calls take the answers in the order in which they arrive. Where agents speak at once, give
 * each a model name of its own and its answers by {@link #next(String, OpenAiAnswer...)}. Safe from
 * any thread.
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

  /** Starts a server on a free port; every call fails until told otherwise. */
  public static OpenAiStubs start() {
    OpenAiStubs stubs = new OpenAiStubs();
    stubs.server.start();
    stubs.stub();
    return stubs;
  }

  /** What a model takes as its base URL: {@code http://localhost:<port>/v1}. */
  public String baseUrl() {
    return server.baseUrl() + "/v1";
  }

  /** Answers the next call with these tokens, a finish reason, usage and {@code [DONE]}. */
  public OpenAiStubs answers(String... tokens) {
    return next(OpenAiAnswer.stream().tokens(tokens));
  }

  /** Answers the next calls, one each. */
  public OpenAiStubs next(OpenAiAnswer... answers) {
    return next(ANY_MODEL, answers);
  }

  /** Answers the next calls that name this model, one each. */
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

  /** The bodies of all calls since the start or the last {@link #reset}, in order. */
  public List<String> requests() {
    List<String> bodies = new ArrayList<>();
    server.getAllServeEvents().forEach(event -> bodies.add(event.getRequest().getBodyAsString()));
    Collections.reverse(bodies);
    return bodies;
  }

  /** WireMock itself, for all that is not here. */
  public WireMockServer wireMock() {
    return server;
  }

  /** Forgets all answers and calls. */
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
    // No server error: that would be tried again.
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
