package io.agentstream.http.own;

import io.agentstream.event.ConversationEnded;
import io.agentstream.event.NewMessage;
import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.door.HttpProblem;
import io.agentstream.http.door.HttpViewer;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Request;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.ViewingCommand.JoinConversation;
import java.util.function.Consumer;

/** Serves a conversation as lines of text: {@code GET /lines/{conversation_id}}. */
public final class LinesDoor extends HttpDoor {

  public LinesDoor(HttpFront front) {
    super(front);
  }

  @Override
  protected void serve(HttpCall call) {
    call.connect(new Lines(call, call.path().substring(1)));
  }

  private record Lines(HttpCall call, String conversationId)
      implements HttpViewer, ConversationEncoder {

    @Override
    public void ready(ViewerConnection connection) {
      connection.receive(new Request("join", new JoinConversation(conversationId, null, null)));
    }

    @Override
    public void control(
        ControlFrame frame, long millis, String requestId, Consumer<String> frames) {
      if (frame instanceof ControlFrame.Refused refused) {
        call.refuse(HttpProblem.of(refused.error()));
      } else if (frame instanceof ControlFrame.Joined) {
        call.begin(200, "text/plain;charset=utf-8");
      }
    }

    @Override
    public ConversationEncoder conversation(String id) {
      return this;
    }

    @Override
    public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
      snapshot.content().messages().forEach(said -> frames.accept(line(said.message())));
      if (snapshot.content().ended() != null) {
        frames.accept(call.last("(the end)\n"));
      }
    }

    @Override
    public void entry(JournalEntry entry, Consumer<String> frames) {
      if (entry.event() instanceof NewMessage message) {
        frames.accept(line(message));
      } else if (entry.event() instanceof ConversationEnded) {
        frames.accept(call.last("(the end)\n"));
      }
    }

    @Override
    public void tokens(
        JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
      // A line is written when its message is complete.
    }

    private static String line(NewMessage message) {
      return message.sender() + ": " + message.content() + "\n";
    }
  }
}
