package io.agentstream.tests.viewer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.test.EncoderContract;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.viewer.internal.Encoders;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The protocol's own formats keep the contract of all encoders. */
class ProtocolEncodersTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Nested
  class VersionOne extends EncoderContract {

    @Override
    protected ViewerEncoder encoder() {
      return Encoders.of(false);
    }

    @Override
    protected String text(List<String> frames) {
      return answer(frames);
    }
  }

  @Nested
  class OriginalDialect extends EncoderContract {

    @Override
    protected ViewerEncoder encoder() {
      return Encoders.of(true);
    }

    @Override
    protected String text(List<String> frames) {
      return answer(frames);
    }
  }

  private static String answer(List<String> frames) {
    StringBuilder text = new StringBuilder();
    for (String frame : frames) {
      JsonNode json = parse(frame);
      switch (json.get("type").asText()) {
        case "streaming_token" -> text.append(json.at("/data/token").asText());
        case "snapshot" -> {
          text.setLength(0);
          text.append(json.at("/data/open/0/content").asText());
        }
        default -> {}
      }
    }
    return text.toString();
  }

  private static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
