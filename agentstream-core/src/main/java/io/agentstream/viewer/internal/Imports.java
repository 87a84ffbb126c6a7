package io.agentstream.viewer.internal;

import io.agentstream.event.ErrorCode;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.wire.DocumentCommand.ImportConversation;
import io.agentstream.wire.DocumentFrame.ImportPart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the documents that one viewer imports in parts, one document at a time.
 * Thread-safe.
 */
final class Imports {

  /** How long the parts of a document may take. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final ViewerContext hub;

  // Guarded by this.
  private @Nullable Parts parts;
  private boolean closed;

  Imports(ViewerContext hub) {
    this.hub = hub;
  }

  /** The document so far. */
  private static final class Parts {
    final Party party;
    final StringBuilder text = new StringBuilder();
    long bytes;
    int next;
    Alarm alarm = () -> {};

    Parts(Party party) {
      this.party = party;
    }
  }

  void receive(ImportConversation command, Asker asker, Reply reply) {
    if (!hub.conversations.imports()) {
      reply.refuse(
          ErrorCode.UNKNOWN_TYPE, "This server keeps no conversations, and so imports none.");
      return;
    }
    Parts complete = take(command, asker.party(), reply);
    if (complete != null) {
      carryOut(complete, asker, reply);
    }
  }

  /** Returns the parts if they are complete; null if more come, or the command was refused. */
  private synchronized @Nullable Parts take(ImportConversation command, Party party, Reply reply) {
    if (command.index() == 0) {
      drop();
    }
    Parts document = begun(party);
    if (command.index() != document.next) {
      refuse(reply, ErrorCode.CONFLICT, "'index' must be " + document.next + ": begin with 0.");
      return null;
    }
    long bytes = utf8Length(command.part());
    int most = hub.settings.limits().maxImportBytes();
    if (document.bytes + bytes > most) {
      refuse(
          reply, ErrorCode.LIMIT_EXCEEDED, "A document may have " + most + " bytes at the most.");
      return null;
    }
    if (closed || !hub.importSpace.take(party, bytes)) {
      refuse(reply, ErrorCode.UNAVAILABLE, "The server imports as much as it may; try again.");
      return null;
    }
    document.bytes += bytes;
    document.text.append(command.part());
    document.next++;
    if (!command.isLast()) {
      reply.answer(new ImportPart(document.next));
      return null;
    }
    document.alarm.cancel();
    parts = null;
    return document;
  }

  private Parts begun(Party party) {
    Parts known = parts;
    if (known != null) {
      return known;
    }
    Parts begun = new Parts(party);
    begun.alarm = hub.settings.clock().schedule(LONGEST, () -> drop(begun));
    parts = begun;
    return begun;
  }

  private void refuse(Reply reply, ErrorCode code, String message) {
    drop();
    reply.refuse(code, message);
  }

  private synchronized void drop() {
    Parts dropped = parts;
    if (dropped != null) {
      parts = null;
      dropped.alarm.cancel();
      hub.importSpace.giveBack(dropped.party, dropped.bytes);
    }
  }

  @SuppressWarnings("ReferenceEquality") // A later document is another one.
  private synchronized void drop(Parts late) {
    if (parts == late) {
      drop();
    }
  }

  /** The connection is closed. */
  synchronized void close() {
    closed = true;
    drop();
  }

  private void carryOut(Parts document, Asker asker, Reply reply) {
    Runnable release = () -> hub.importSpace.giveBack(document.party, document.bytes);
    if (!hub.admission.start(asker.party())) {
      release.run();
      reply.refuse(Refusal.TOO_MANY_STARTS);
      return;
    }
    CompletionStage<Void> unused =
        reply
            .whenDone(
                hub.conversations.importDocument(
                    document.text.toString(), asker.user(), asker.party()),
                reply::answer)
            .whenComplete((done, failure) -> release.run());
  }

  private static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
