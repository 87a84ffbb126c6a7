package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.http.door.CommandText;
import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one command: the body is its data, with the ids of the path.
 *
 * @param command the command's type
 * @param status the status of a reply
 * @param key the field that {@code Idempotency-Key} sets; null for none
 * @param queried true if the data stands in the query in place of a body
 */
record CommandRoute(String command, int status, @Nullable String key, boolean queried)
    implements Action {

  private static final String KEY_HEADER = "Idempotency-Key";
  private static final List<String> TEXTS = List.of("query", "cursor");
  private static final List<String> NUMBERS = List.of("limit");

  CommandRoute(String command, int status) {
    this(command, status, null, false);
  }

  CommandRoute keyed(String field) {
    return new CommandRoute(command, status, field, queried);
  }

  CommandRoute withQuery() {
    return new CommandRoute(command, status, key, true);
  }

  @Override
  public void serve(HttpCall call, PathIds ids) throws ProtocolException {
    if (queried) {
      submit(call, ids, fromQuery(call));
    } else {
      call.readJson(body -> submit(call, ids, BodyJson.object(body)));
    }
  }

  private static ObjectNode fromQuery(HttpCall call) throws ProtocolException {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (String name : TEXTS) {
      data.put(name, call.query(name));
    }
    for (String name : NUMBERS) {
      String text = call.query(name);
      data.set(name, text == null ? null : BodyJson.numberOrText(text));
    }
    return data;
  }

  private void submit(HttpCall call, PathIds ids, ObjectNode data) throws ProtocolException {
    ids.values().forEach(data::put);
    applyKey(call, data);
    call.connect(new CommandViewer(call, CommandText.of(command, CommandViewer.ID, data), status));
  }

  private void applyKey(HttpCall call, ObjectNode data) throws ProtocolException {
    String header = call.header(KEY_HEADER);
    if (key == null || header == null) {
      return;
    }
    String value = unquoted(header.strip());
    if (data.hasNonNull(key) && !data.get(key).asText().equals(value)) {
      throw new ProtocolException(
          ErrorCode.INVALID_FIELD, "'" + key + "' and " + KEY_HEADER + " differ: send one.", null);
    }
    data.put(key, value);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
