package io.agentstream.http.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.http.door.CommandText;
import io.agentstream.http.door.HttpCall;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.DocumentFrame.ConversationExported;
import io.agentstream.wire.internal.DocumentJson;

/** Answers with a conversation as a document, which {@link ImportRoute} takes as it is. */
final class ExportRoute implements Action {

  private static final int OK = 200;

  @Override
  public void serve(HttpCall call, PathIds ids) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ids.values().forEach(data::put);
    call.connect(
        new ExportViewer(call, CommandText.of("export_conversation", CommandViewer.ID, data)));
  }

  /** Answers with the document alone. */
  private static final class ExportViewer extends CommandViewer {

    ExportViewer(HttpCall call, String command) {
      super(call, command, OK);
    }

    @Override
    String text(ControlFrame frame) {
      return frame instanceof ConversationExported exported
          ? DocumentJson.write(exported.document())
          : super.text(frame);
    }
  }
}
