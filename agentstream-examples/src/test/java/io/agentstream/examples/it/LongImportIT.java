package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.test.Eventually;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Documents that are as long as they may be, for a server with a heap of 256 MiB. */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class LongImportIT {

  private static final String MEMORY = "-Xmx256m -XX:+ExitOnOutOfMemoryError";
  private static final String SETTINGS =
      """
      {"limits": {"starts_per_minute": 0, "tokens_per_day": 0, "tokens_per_day_per_user": 0}}
      """;
  private static final String CONVERSATIONS = "/api/conversations";
  private static final String IMPORT = CONVERSATIONS + "/import";
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MESSAGE_CHARS = 8_000;
  private static final int AT_ONCE = 12;

  @TempDir private Path folder;

  @Test
  void they_are_imported_and_exported_whole_and_many_at_once_do_no_harm() throws Exception {
    Path settings = Files.writeString(folder.resolve("settings.json"), SETTINGS);
    try (ServerProcess server =
        ServerProcess.start(
            Map.of("JAVA_TOOL_OPTIONS", MEMORY),
            "--data",
            folder.resolve("kept").toString(),
            "--config",
            settings.toString())) {
      HttpAnswers http = new HttpAnswers(server.http(""));
      ObjectNode document = longest(http);
      String longest = padded(document, MOST_BYTES);
      assertThat(http.post(IMPORT, longest + " ").status()).isEqualTo(413);

      String id = imported(answered(server, http, longest));
      JsonNode exported = http.get(CONVERSATIONS + "/" + id + "/export").json();
      assertThat(exported.findValuesAsText("content"))
          .isEqualTo(document.findValuesAsText("content"));

      List<Optional<Answer>> answers = together(http, longest);
      // How many of them meet depends on the machine; whichever is alone in the end has room.
      assertThat(answers).anyMatch(Optional::isPresent);
      for (Optional<Answer> answer : answers) {
        String other = imported(answer.orElseGet(() -> answered(server, http, longest)));
        assertThat(messages(http, other)).isEqualTo(document.path("messages").size());
        assertThat(http.send("DELETE", CONVERSATIONS + "/" + other, null).status()).isEqualTo(200);
      }

      assertThat(server.isAlive()).as(server.errors()).isTrue();
      assertThat(server.errors()).doesNotContain("java.lang.OutOfMemoryError", " ERROR ");
    }
  }

  /** Returns a document that a server has exported, with many more of its messages. */
  private static ObjectNode longest(HttpAnswers http) {
    String id =
        http.post(CONVERSATIONS, "{\"topic\":\"Tea?\",\"max_rounds\":1}")
            .json()
            .path("conversation_id")
            .asText();
    Eventually.await(() -> snapshot(http, id).path("state").asText().equals("ended"));
    ObjectNode document = (ObjectNode) http.get(CONVERSATIONS + "/" + id + "/export").json();
    ArrayNode messages = (ArrayNode) document.get("messages");
    int size = messages.size();
    ObjectNode last = (ObjectNode) messages.get(size - 1);
    last.put("content", "x".repeat(MESSAGE_CHARS));
    int room = MOST_BYTES - bytes(document.toString());
    int more = room / (last.toString().length() + 10);
    IntStream.rangeClosed(1, more)
        .forEach(i -> messages.add(last.deepCopy().put("message_id", "m" + (size + i))));
    return document;
  }

  private static String padded(ObjectNode document, int bytes) {
    String text = document.toString();
    assertThat(bytes(text)).isBetween(bytes - 2 * MESSAGE_CHARS, bytes);
    return text + " ".repeat(bytes - bytes(text));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Those that had no room are empty. */
  private static List<Optional<Answer>> together(HttpAnswers http, String document) {
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<CompletableFuture<Optional<Answer>>> coming =
          IntStream.range(0, AT_ONCE)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> tried(http, document), clients))
              .toList();
      return coming.stream().map(CompletableFuture::join).toList();
    } finally {
      clients.shutdown();
    }
  }

  /** Asks as often as the server wants: a body may hold its room a little beyond its response. */
  private static Answer answered(ServerProcess server, HttpAnswers http, String document) {
    Optional<Answer> answer = tried(http, document);
    while (answer.isEmpty()) {
      assertThat(server.isAlive()).as(server.errors()).isTrue();
      Attempts.pause();
      answer = tried(http, document);
    }
    return answer.get();
  }

  /** Returns the answer, or nothing if there was no room for the body. */
  private static Optional<Answer> tried(HttpAnswers http, String document) {
    try {
      return Optional.of(http.post(IMPORT, document)).filter(answer -> answer.status() != 503);
    } catch (UncheckedIOException e) {
      // The server waits five seconds for each part of what it refuses. On a busy machine a part
      // may come later, and the refusal may be lost with its connection.
      return Optional.empty();
    }
  }

  private static String imported(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("conversation_id").asText();
  }

  private static JsonNode snapshot(HttpAnswers http, String id) {
    return http.get(CONVERSATIONS + "/" + id).json();
  }

  private static int messages(HttpAnswers http, String id) {
    return snapshot(http, id).path("messages").size();
  }
}
