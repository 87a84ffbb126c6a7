package io.agentstream.examples.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;

/** Nothing that a stranger says becomes a line, a colour or a flood of the log. */
class LogLinesTest {

  private static final LoggerContext CONTEXT = new LoggerContext();

  static Stream<Encoder<ILoggingEvent>> encoders() {
    return Stream.of(new TextEncoder(), new JsonEncoder());
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void every_character_that_is_not_seen_or_is_acted_on_is_escaped(Encoder<ILoggingEvent> encoder) {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(LogLinesTest::isDangerous)
        .filter(character -> character % 7 == 0 || character < 0x3000)
        .forEach(
            character -> {
              LoggingEvent event = event("a" + Character.toString(character) + "b", 0);
              event.setLoggerName("L" + character);
              String line = new String(encoder.encode(event), UTF_8);
              assertThat(line.strip().codePoints())
                  .as(Integer.toHexString(character))
                  .noneMatch(LogLinesTest::isDangerous);
              assertThat(line)
                  .contains("u" + "%04x".formatted((int) Character.toChars(character)[0]));
            });
  }

  private static boolean isDangerous(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void so_it_is_in_names_pairs_and_stack_traces(Encoder<ILoggingEvent> encoder) {
    String evil = "x\n\u001b[31m\u009b\u202e";
    LoggingEvent event = event("message", 0, evil);
    event.setLoggerName(evil);
    event.setKeyValuePairs(List.of(new KeyValuePair(evil, evil)));
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException(evil)));
    assertThat(new String(encoder.encode(event), UTF_8))
        .doesNotContain("\u001b", "\u009b", "\u202e");
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void a_long_message_is_cut_and_says_so(Encoder<ILoggingEvent> encoder) {
    String line = new String(encoder.encode(event("zz😀".repeat(100_000), 0)), UTF_8);
    assertThat(line.length()).isLessThan(2_500);
    assertThat(line).contains("more characters)");
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void a_logger_that_floods_is_cut_and_others_are_not(Encoder<ILoggingEvent> encoder) {
    List<String> lines =
        IntStream.range(0, 100_000)
            .mapToObj(i -> new String(encoder.encode(event("flood", i / 100)), UTF_8))
            .filter(line -> !line.isEmpty())
            .toList();
    assertThat(lines).hasSize(LineRate.MOST_LINES);
    assertThat(lines.get(lines.size() - 1)).contains("left out for up to 10 seconds");
    LoggingEvent other = event("seen", 1_000);
    other.setLoggerName("other");
    assertThat(new String(encoder.encode(other), UTF_8)).contains("seen");
    assertThat(new String(encoder.encode(event("again", 10_000)), UTF_8)).contains("again");
  }

  @Test
  void what_people_write_is_left_as_it_is() {
    String text = "Überraschung: 话题 «наука» 😀 \\u202e {}";
    assertThat(new String(new TextEncoder().encode(event(text, 0)), UTF_8)).contains(text);
  }

  @Test
  void a_json_line_is_one_object_with_the_documented_fields() throws Exception {
    LoggingEvent event = event("a \"quoted\" {line}\nand another", 1_764_201_600_123L, "http-1");
    event.setKeyValuePairs(
        List.of(new KeyValuePair("conversation_id", "c1"), new KeyValuePair("message", "no")));
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));
    String line = new String(new JsonEncoder().encode(event), UTF_8);
    assertThat(line.strip().lines()).hasSize(1);
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(json.path("@timestamp").asText()).isEqualTo("2025-11-27T00:00:00.123Z");
    assertThat(json.path("level").asText()).isEqualTo("WARN");
    assertThat(json.path("logger_name").asText()).isEqualTo("a.Logger");
    assertThat(json.path("thread_name").asText()).isEqualTo("http-1");
    assertThat(json.path("message").asText()).isEqualTo("a \"quoted\" {line}\\u000aand another");
    assertThat(json.path("conversation_id").asText()).isEqualTo("c1");
    assertThat(json.path("stack_trace").asText()).contains("IllegalStateException: why");
  }

  private static LoggingEvent event(String message, long millis) {
    return event(message, millis, "t");
  }

  private static LoggingEvent event(String message, long millis, String thread) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(CONTEXT);
    event.setLoggerName("a.Logger");
    event.setLevel(Level.WARN);
    event.setMessage(message);
    event.setTimeStamp(millis);
    event.setThreadName(thread);
    return event;
  }
}
