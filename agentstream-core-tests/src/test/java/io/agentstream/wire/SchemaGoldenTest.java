package io.agentstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.test.schema.FrameSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden frames against the schema, and the schema against frames that are wrong. */
class SchemaGoldenTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final FrameSchema STRICT = FrameSchema.ofServer(true);
  private static final FrameSchema OPEN = FrameSchema.ofServer(false);

  @Test
  void every_golden_frame_is_as_the_schema_says() throws Exception {
    GoldenFramesTest.golden("version-1.jsonl").forEach(STRICT::check);
    GoldenFramesTest.golden("version-1.jsonl").forEach(OPEN::check);
  }

  @Test
  void every_golden_frame_of_the_original_dialect_is_as_the_schema_says() throws Exception {
    FrameSchema original = FrameSchema.ofServerInOriginalDialect(true);
    GoldenFramesTest.golden("original.jsonl").forEach(original::check);
  }

  @Test
  void no_golden_frame_can_lose_a_field_that_the_schema_requires() throws Exception {
    for (String line : GoldenFramesTest.golden("version-1.jsonl")) {
      ObjectNode frame = (ObjectNode) JSON.readTree(line);
      frame.remove("data");
      assertThat(OPEN.problems(frame)).as(line).isNotEmpty();
    }
  }

  @Test
  void an_unknown_field_passes_the_open_schema_and_no_place_of_the_strict_one() throws Exception {
    for (String line : GoldenFramesTest.golden("version-1.jsonl")) {
      JsonNode frame = JSON.readTree(line);
      for (JsonNode object : List.of(frame, frame.get("data"))) {
        ((ObjectNode) object).put("mood", "good");
        assertThat(OPEN.problems(frame)).as(frame.toString()).isEmpty();
        assertThat(STRICT.problems(frame)).as(frame.toString()).isNotEmpty();
        ((ObjectNode) object).remove("mood");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"pong\",\"data\":{}}",
        "{\"type\":\"left\",\"timestamp\":\"2026-11-23T10:00:00.007Z\",\"data\":{\"conversation_id\":\"c\"}}",
        "{\"type\":\"streaming_token\",\"conversation_id\":\"c\",\"seq\":0,\"data\":{\"message_id\":\"m\",\"offset\":0,\"token\":\"x\"}}",
        "{\"type\":\"streaming_token\",\"conversation_id\":\"c\",\"seq\":1,\"data\":{\"message_id\":\"m\",\"offset\":0,\"token\":\"\"}}",
        "{\"type\":\"streaming_token\",\"conversation_id\":\"c\",\"seq\":1,\"data\":{\"message_id\":\"m\",\"offset\":-1,\"token\":\"x\"}}",
        "{\"type\":\"conversation_started\",\"conversation_id\":\"c\",\"seq\":1,\"data\":{\"run\":1}}",
        "{\"type\":\"conversation_started\",\"conversation_id\":\"c\",\"seq\":1,\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":{\"run\":1}}"
      })
  void a_wrong_frame_is_told_from_a_right_one(String frame) throws Exception {
    assertThat(OPEN.problems(JSON.readTree(frame))).isNotEmpty();
  }
}
