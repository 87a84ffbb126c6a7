package io.agentstream.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A model, and a server that answers it with the bytes it is given. */
@Timeout(300)
abstract class ModelServerFixture {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final AtomicInteger TESTS = new AtomicInteger();

  final StubModelServer server = StubModelServer.start();
  // Servers' refusals are known to the whole process, and ports are reused.
  final String modelName = "stub-" + TESTS.incrementAndGet();
  OpenAiCompatibleModel model = model().build();

  @AfterEach
  void closeServer() {
    server.close();
  }

  OpenAiCompatibleModel.Builder model() {
    return OpenAiCompatibleModel.builder()
        .baseUrl(server.baseUrl())
        .apiKey("sk-canary")
        .modelName(modelName);
  }

  /** Asks and waits for the end. */
  Asked ask(StubAnswer... answers) throws InterruptedException {
    for (StubAnswer answer : answers) {
      server.enqueue(answer);
    }
    Asked asked = new Asked();
    model.chat("Hi", asked);
    return asked.await();
  }

  Asked ask(ChatRequest request, StubAnswer... answers) throws InterruptedException {
    for (StubAnswer answer : answers) {
      server.enqueue(answer);
    }
    Asked asked = new Asked();
    model.chat(request, asked);
    return asked.await();
  }

  JsonNode nextRequest() throws InterruptedException {
    StubRequest request = server.awaitRequest();
    try {
      return JSON.readTree(request.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** An event stream of these bytes, and its proper end. */
  static StubAnswer stream(String bytes) {
    return StubAnswer.stream().bytes(bytes).end();
  }

  /** One event. */
  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  /** A chunk around a delta. */
  static String delta(String fields) {
    return event(
        "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"delta\":{"
            + fields
            + "},\"finish_reason\":null}]}");
  }

  static String text(String text) {
    return delta("\"content\":\"" + text + "\"");
  }

  static String finish(String reason) {
    return event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
  }

  static String stop() {
    return finish("stop") + event("[DONE]");
  }
}
