package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.DocumentCommand.ImportConversation;
import io.agentstream.wire.DocumentFrame.ConversationImported;
import io.agentstream.wire.Request;
import org.jspecify.annotations.Nullable;

/** Makes a conversation of a document: the body, which is longer than other bodies may be. */
final class ImportRoute implements Action {

  private static final int CREATED = 201;

  @Override
  public void serve(HttpCall call, PathIds ids) {
    call.readDocument(document -> call.connect(new ImportViewer(call, document)));
  }

  /** Sends the document as one command. */
  private static final class ImportViewer extends CommandViewer {

    private final String document;

    ImportViewer(HttpCall call, String document) {
      super(call, "", CREATED);
      this.document = document;
    }

    @Override
    void send(ViewerConnection connection) {
      connection.receive(new Request(ID, ImportConversation.whole(document)));
    }

    @Override
    @Nullable String location(ControlFrame frame) {
      return frame instanceof ConversationImported imported ? imported.conversationId() : null;
    }
  }
}
