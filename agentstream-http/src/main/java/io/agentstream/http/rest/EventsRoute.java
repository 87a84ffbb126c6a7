package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.http.door.CommandText;
import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ProtocolException;

/** Streams a conversation, from the event after the one that the client has seen. */
final class EventsRoute implements Action {

  @Override
  public void serve(HttpCall call, PathIds ids) throws ProtocolException {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ids.values().forEach(data::put);
    // A browser that reconnects repeats the address and adds the header.
    String seen = call.header("Last-Event-ID");
    if (seen == null || seen.isEmpty()) {
      seen = call.query("after");
    }
    if (seen != null) {
      EventPosition.parse(seen).addTo(data);
    }
    if ("true".equals(call.query("presence"))) {
      data.put("presence", true);
    }
    call.connect(
        new EventStream(call, CommandText.of("join_conversation", CommandViewer.ID, data)));
  }
}
