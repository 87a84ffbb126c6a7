package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame that belongs to one connection: it has no place in a journal, so no {@code seq}. */
public sealed interface ControlFrame {

  /** The frame's name on the wire. */
  String type();

  /** The conversation named in the envelope; null where the frame concerns none. */
  default @Nullable String conversationId() {
    return null;
  }

  /** What stands under {@code data}. */
  default Object data() {
    return this;
  }

  /**
   * The first frame of a connection.
   *
   * @param connectionId names the connection in the server's log
   * @param heartbeatMs after how many milliseconds of silence the server sends a ping
   * @param limits what the server takes at the most
   * @param authenticated whether the server knows who the viewer is
   * @param authenticateWithinMs how many milliseconds the server waits for a token; null where it
   *     does not insist
   * @param expiresAt until when the server takes the viewer for who it is; null for no end
   */
  record Welcome(
      String connectionId,
      long heartbeatMs,
      Bounds limits,
      boolean authenticated,
      @Nullable Long authenticateWithinMs,
      @Nullable Instant expiresAt)
      implements ControlFrame {
    @Override
    public String type() {
      return "welcome";
    }
  }

  /** What a viewer may ask for at the most. */
  record Bounds(int maxMessageBytes, int maxAgents, int maxRounds, int maxTopicChars) {}

  /**
   * Who can take part.
   *
   * @param speakerSelections how speakers can be picked; the first is the default
   */
  record Agents(List<Card> agents, List<String> speakerSelections) implements ControlFrame {
    @Override
    public String type() {
      return "agents";
    }
  }

  /** What viewers may know of an agent. */
  record Card(String name, String description) {}

  /** The command will be carried out. */
  record Accepted(String conversationId, @Nullable Long epoch) implements ControlFrame {
    @Override
    public String type() {
      return "accepted";
    }
  }

  /**
   * The connection views a conversation from now on.
   *
   * @param mode whether the missed events follow, or a snapshot
   * @param fromSeq the first event that follows; null with a snapshot
   * @param toSeq the last one there is so far; null with a snapshot
   */
  record Joined(
      String conversationId, Mode mode, long epoch, @Nullable Long fromSeq, @Nullable Long toSeq)
      implements ControlFrame {
    @Override
    public String type() {
      return "joined";
    }

    /** How a viewer is brought up to date. */
    public enum Mode {
      REPLAY,
      SNAPSHOT
    }
  }

  /** The connection views a conversation no more. */
  record Left(String conversationId) implements ControlFrame {
    @Override
    public String type() {
      return "left";
    }
  }

  /**
   * A conversation as it stands after event {@code seq}.
   *
   * @param conversationId which; stands in the envelope
   * @param content the rest
   */
  record Snapshot(String conversationId, Content content) implements ControlFrame {
    @Override
    public String type() {
      return "snapshot";
    }

    @Override
    public Content data() {
      return content;
    }

    /**
     * What a snapshot holds.
     *
     * @param seq the last event that is in it
     * @param messages everything said, in order
     * @param open the answers under way
     * @param run which run of the conversation it is, or was
     * @param pendingInput what it waits for: the oldest of {@code pendingInputs}; null for nothing
     * @param pendingInputs all that it waits for, the oldest first; null for nothing
     * @param ended how it ended; null while it has not
     */
    public record Content(
        long seq,
        long epoch,
        int run,
        State state,
        String topic,
        List<String> agents,
        String speakerSelection,
        int maxRounds,
        List<Message> messages,
        List<Open> open,
        @Nullable InputRequested pendingInput,
        @Nullable List<InputRequested> pendingInputs,
        @Nullable ConversationEnded ended) {}

    /** Whether the conversation is under way. */
    public enum State {
      RUNNING,
      PAUSED,
      WAITING_FOR_INPUT,
      ENDED
    }

    /**
     * A message that is over, with what led to it.
     *
     * @param run in which run it was said
     * @param thinking what the model thought; null for nothing
     * @param tools the tools it called, with their results; null for none
     */
    public record Message(
        @JsonUnwrapped NewMessage message,
        int run,
        @Nullable TurnFinishReason finishReason,
        @Nullable Usage usage,
        @Nullable List<String> agentPath,
        @Nullable String thinking,
        @Nullable List<ToolUse> tools) {}

    /** An answer under way, with its text and thinking so far. */
    public record Open(
        String messageId,
        String agentName,
        int round,
        String content,
        String thinking,
        @Nullable List<String> agentPath,
        @Nullable List<ToolUse> tools) {}

    /**
     * A call of a tool.
     *
     * @param result what it gave back; null while it runs
     * @param isError whether it failed; null while it runs
     */
    public record ToolUse(
        String callId,
        String name,
        String arguments,
        @Nullable String result,
        @Nullable Boolean isError) {}
  }

  /** A command is refused. */
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
   * The viewer has to authenticate anew to stay.
   *
   * @param expiresAt when the connection is closed otherwise
   */
  record AuthExpiring(Instant expiresAt) implements ControlFrame {
    @Override
    public String type() {
      return "auth_expiring";
    }
  }

  /** The conversations that the user may see, the newest first. */
  record Conversations(List<Item> conversations) implements ControlFrame {
    @Override
    public String type() {
      return "conversations";
    }

    /**
     * One of them.
     *
     * @param topic its beginning, where it is long
     * @param createdAt when it was started
     */
    public record Item(
        String conversationId,
        String topic,
        Snapshot.State state,
        List<String> agents,
        Instant createdAt) {}
  }

  /** Asks for a pong. */
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
