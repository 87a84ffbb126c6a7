package io.agentstream.wire;

import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame that belongs to one connection. It is not in a journal and has no {@code seq}. */
public sealed interface ControlFrame
    permits Agents,
        ControlFrame.Accepted,
        ControlFrame.AuthExpiring,
        ControlFrame.Conversations,
        ControlFrame.Joined,
        ControlFrame.Left,
        ControlFrame.Named,
        ControlFrame.Ping,
        ControlFrame.Pong,
        ControlFrame.Presence,
        ControlFrame.Refused,
        ControlFrame.Shared,
        ControlFrame.Shares,
        DocumentFrame,
        Snapshot,
        Welcome {

  /** Returns the frame's name on the wire. */
  String type();

  /** Returns the conversation's id in the envelope; null if the frame concerns none. */
  default @Nullable String conversationId() {
    return null;
  }

  /** Returns the object under {@code data}. */
  default Object data() {
    return this;
  }

  /** The reply to an accepted command. */
  record Accepted(String conversationId, @Nullable Long epoch) implements ControlFrame {
    @Override
    public String type() {
      return "accepted";
    }
  }

  /**
   * The reply to a join: the connection views the conversation from now on.
   *
   * @param mode whether missed events or a snapshot follow
   * @param fromSeq the first event that follows; null with a snapshot
   * @param toSeq the newest event so far; null with a snapshot
   * @param access {@link ShareAccess#VIEW} if the viewer may not steer; null otherwise
   * @param owner false if the conversation belongs to another user; null otherwise
   */
  record Joined(
      String conversationId,
      Mode mode,
      long epoch,
      @Nullable Long fromSeq,
      @Nullable Long toSeq,
      @Nullable ShareAccess access,
      @Nullable Boolean owner)
      implements ControlFrame {

    /** Creates the reply for a viewer who may steer what belongs to nobody else. */
    public Joined(
        String conversationId,
        Mode mode,
        long epoch,
        @Nullable Long fromSeq,
        @Nullable Long toSeq) {
      this(conversationId, mode, epoch, fromSeq, toSeq, null, null);
    }

    @Override
    public String type() {
      return "joined";
    }

    /** The ways to bring a viewer up to date. */
    public enum Mode {
      REPLAY,
      SNAPSHOT
    }
  }

  /**
   * The reply to {@code share_conversation}.
   *
   * @param token the secret of the link, which nobody can ask for again
   */
  record Shared(String conversationId, Share share, String token) implements ControlFrame {
    @Override
    public String type() {
      return "shared";
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Shared[" + conversationId + "]";
    }
  }

  /** The links of a conversation, newest first. */
  record Shares(String conversationId, List<Share> shares) implements ControlFrame {
    @Override
    public String type() {
      return "shares";
    }
  }

  /** The reply to {@code set_name}: the viewer, as others see them from now on. */
  record Named(Author author) implements ControlFrame {
    @Override
    public String type() {
      return "named";
    }
  }

  /**
   * The connection no longer views a conversation.
   *
   * @param reason why, if the viewer has lost the right to; null otherwise
   */
  record Left(String conversationId, @Nullable Reason reason) implements ControlFrame {

    /** Creates a frame for a viewer that has left, or for a conversation that is gone. */
    public Left(String conversationId) {
      this(conversationId, null);
    }

    /** The reasons for which a viewer loses the right to view. */
    public enum Reason {
      /** The link by which the viewer came has expired or was revoked. */
      SHARE_ENDED
    }

    @Override
    public String type() {
      return "left";
    }
  }

  /**
   * Who is here now. It replaces the previous one.
   *
   * @param viewers how many viewers take part, on all nodes
   * @param typing how many people type
   * @param people the people, each once; null if they are too many to be named
   */
  record Presence(String conversationId, int viewers, int typing, @Nullable List<Person> people)
      implements ControlFrame {
    @Override
    public String type() {
      return "presence";
    }

    /**
     * A person who is here.
     *
     * @param typing true if the person types; null for false
     */
    public record Person(Author author, @Nullable Boolean typing) {}
  }

  /** The reply to a refused command. */
  record Refused(ChatError error) implements ControlFrame {
    @Override
    public String type() {
      return error.type();
    }

    @Override
    public ChatError data() {
      return error;
    }
  }

  /**
   * The viewer must authenticate again to stay connected.
   *
   * @param expiresAt the time at which the connection is closed otherwise
   */
  record AuthExpiring(Instant expiresAt) implements ControlFrame {
    @Override
    public String type() {
      return "auth_expiring";
    }
  }

  /**
   * The conversations that the user may view, newest first.
   *
   * @param nextCursor where the next page begins; null if this is the last one
   */
  record Conversations(List<Item> conversations, @Nullable String nextCursor)
      implements ControlFrame {
    @Override
    public String type() {
      return "conversations";
    }

    /**
     * A conversation in the list.
     *
     * @param topic the topic, cut if it is long
     * @param createdAt its start time
     * @param title the title that a person gave it, or null
     */
    public record Item(
        String conversationId,
        String topic,
        Snapshot.State state,
        List<String> agents,
        Instant createdAt,
        @Nullable String title) {}
  }

  /** Requests a pong. */
  record Ping() implements ControlFrame {
    @Override
    public String type() {
      return "ping";
    }
  }

  /** Answers a ping. */
  record Pong() implements ControlFrame {
    @Override
    public String type() {
      return "pong";
    }
  }
}
