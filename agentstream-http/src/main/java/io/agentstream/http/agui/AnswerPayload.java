package io.agentstream.http.agui;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.wire.ProtocolException;
import java.util.List;

/**
 * Reads the payload of an answer: a text, true or false for an approval, or an object with one of
 * them.
 */
final class AnswerPayload {

  private static final List<String> FIELDS =
      List.of("answer", "approved", "choice", "content", "value");

  private AnswerPayload() {}

  static String content(JsonNode payload) throws ProtocolException {
    JsonNode value = payload;
    for (String field : FIELDS) {
      if (payload.hasNonNull(field)) {
        value = payload.get(field);
        break;
      }
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "approve" : "deny";
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD,
          "'resume' must have a payload: a text, true, false, or an object with 'answer' or"
              + " 'approved'.",
          null);
    }
    return value.textValue();
  }
}
