package io.agentstream.wire.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.agentstream.wire.KeptShare;
import java.util.List;

/** Writes the links of a conversation as JSON, and reads them back. */
public final class ShareJson {

  private static final TypeReference<List<KeptShare>> LIST = new TypeReference<>() {};

  private ShareJson() {}

  /** Returns the links of one conversation as JSON. */
  public static String write(List<KeptShare> shares) {
    try {
      return Json.MAPPER.writerFor(LIST).writeValueAsString(shares);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts and numbers can be written", e);
    }
  }

  /**
   * Reads links. Fields of newer versions are ignored.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static List<KeptShare> read(String json) {
    try {
      return Json.STORED.readValue(json, LIST);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Links that this version cannot read");
    }
  }
}
