package io.agentstream.http.rest;

import io.agentstream.http.door.HttpCall;
import io.agentstream.http.door.HttpProblem;
import io.agentstream.http.door.HttpViewer;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends one command and answers with its reply. */
class CommandViewer implements HttpViewer, ConversationEncoder {

  /** The frame id of the command. */
  static final String ID = "http";

  private static final String NAME_HEADER = "Agentstream-Name";

  static final String JSON = "application/json";

  private final HttpCall call;
  private final String command;
  private final int status;

  /** Set while the viewer gets its name, before the command is sent. */
  private volatile @Nullable ViewerConnection unnamed;

  /**
   * @param command a command of the protocol, with the frame id {@link #ID}
   * @param status the status of a reply
   */
  CommandViewer(HttpCall call, String command, int status) {
    this.call = call;
    this.command = command;
    this.status = status;
  }

  @Override
  public void ready(ViewerConnection connection) {
    String name = call.header(NAME_HEADER);
    if (name == null) {
      send(connection);
    } else {
      // A name belongs to a connection, and each call is one of its own. A call whose name is
      // refused does nothing.
      unnamed = connection;
      connection.receive(ViewerName.command(name), true);
    }
  }

  /** Sends the command. */
  void send(ViewerConnection connection) {
    connection.receive(command, true);
  }

  @Override
  public void control(
      ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
    if (frame instanceof ControlFrame.Refused refused) {
      call.refuse(HttpProblem.of(refused.error()));
    } else if (frame instanceof ControlFrame.Named && ViewerName.ID.equals(requestId)) {
      named();
    } else if (ID.equals(requestId) && isReply(frame)) {
      answer(frame, frames);
    }
  }

  /** Sends the command, now that the viewer has its name. */
  final void named() {
    ViewerConnection connection = unnamed;
    if (connection != null) {
      unnamed = null;
      send(connection);
    }
  }

  /** Returns true if the frame is what the client waits for. */
  boolean isReply(ControlFrame frame) {
    return true;
  }

  final void answer(ControlFrame frame, Consumer<String> frames) {
    String location = location(frame);
    if (location != null) {
      call.setHeader("Location", location);
    }
    if (call.begin(status, JSON)) {
      frames.accept(call.last(text(frame)));
    }
  }

  /** Returns the address of what a command has made, relative to the request's; null for none. */
  @Nullable String location(ControlFrame frame) {
    return frame instanceof ControlFrame.Accepted accepted && accepted.epoch() != null
        ? "conversations/" + accepted.conversationId()
        : null;
  }

  /** Returns the body for a reply: its data. */
  String text(ControlFrame frame) {
    return FrameEncoder.data(frame);
  }

  @Override
  public ConversationEncoder conversation(String conversationId) {
    return this;
  }

  @Override
  public void entry(JournalEntry entry, Consumer<String> frames) {
    // The reply is all that the client gets.
  }

  @Override
  public void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
    // The reply is all that the client gets.
  }

  @Override
  public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
    // The reply is all that the client gets.
  }
}
