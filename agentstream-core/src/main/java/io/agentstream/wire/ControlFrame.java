package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
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
   */
  record Welcome(String connectionId, long heartbeatMs, Bounds limits, boolean authenticated)
      implements ControlFrame {
    @Override
    public String type() {
      return "welcome";
    }
  }

  /** What a viewer may ask for at the most. */
  record Bounds(int maxMessageBytes, int maxAgents, int maxRounds, int maxTopicChars) {}

  /** Who can take part. */
  record Agents(List<Card> agents) implements ControlFrame {
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
     * @param ended how it ended; null while it has not
     */
    public record Content(
        long seq,
        long epoch,
        State state,
        String topic,
        List<String> agents,
        String speakerSelection,
        int maxRounds,
        List<Message> messages,
        List<Open> open,
        @Nullable ConversationEnded ended) {}

    /** Whether the conversation is under way. */
    public enum State {
      RUNNING,
      ENDED
    }

    /** A message that is over, with what its {@code streaming_complete} told. */
    public record Message(
        @JsonUnwrapped NewMessage message,
        @Nullable TurnFinishReason finishReason,
        @Nullable Usage usage) {}

    /** An answer under way, with its text so far. */
    public record Open(String messageId, String agentName, int round, String content) {}
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
