package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.http.door.CommandText;
import io.agentstream.http.door.HttpCall;

/** Reads a conversation: its snapshot. */
final class SnapshotRoute implements Action {

  private static final int OK = 200;

  @Override
  public void serve(HttpCall call, PathIds ids) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ids.values().forEach(data::put);
    String join = CommandText.of("join_conversation", CommandViewer.ID, data);
    call.connect(new SnapshotViewer(call, join, OK));
  }
}
