package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.InputRequested;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame that belongs to one connection. It is not in a journal and has no {@code seq}. */
public sealed interface ControlFrame {

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

  /**
   * The first frame of a connection.
   *
   * @param connectionId the connection's id in the server's log
   * @param heartbeatMs the milliseconds of silence after which the server sends a ping
   * @param limits the server's limits
   * @param authenticated true if the server knows who the viewer is
   * @param authenticateWithinMs how many milliseconds the server waits for a token; null if it
   *     requires none
   * @param expiresAt when the authentication expires; null for never
   * @param author the viewer, as others see them; null for an anonymous viewer, whose id is the
   *     connection's
   */
  record Welcome(
      String connectionId,
      long heartbeatMs,
      Bounds limits,
      boolean authenticated,
      @Nullable Long authenticateWithinMs,
      @Nullable Instant expiresAt,
      @Nullable Author author)
      implements ControlFrame {

    /** Creates a welcome for an anonymous viewer. */
    public Welcome(
        String connectionId,
        long heartbeatMs,
        Bounds limits,
        boolean authenticated,
        @Nullable Long authenticateWithinMs,
        @Nullable Instant expiresAt) {
      this(connectionId, heartbeatMs, limits, authenticated, authenticateWithinMs, expiresAt, null);
    }

    @Override
    public String type() {
      return "welcome";
    }
  }

  /** The limits for a viewer's commands. */
  record Bounds(int maxMessageBytes, int maxAgents, int maxRounds, int maxTopicChars) {}

  /**
   * The available agents and teams: the server's, and the user's own.
   *
   * @param speakerSelections the available speaker selections; the first is the default
   * @param teams the teams that can be started by name; null for none
   * @param models the models that agents of the user may have; null if the user may make none
   * @param tools the tools that agents of the user may have; null if the user may make none
   * @param editing how the user may make agents and teams; null if the user may make none
   */
  record Agents(
      List<Card> agents,
      List<String> speakerSelections,
      @Nullable List<Team> teams,
      @Nullable List<Choice> models,
      @Nullable List<Choice> tools,
      @Nullable Editing editing)
      implements ControlFrame {

    /** A catalogue that the user may not add to. */
    public Agents(List<Card> agents, List<String> speakerSelections, @Nullable List<Team> teams) {
      this(agents, speakerSelections, teams, null, null, null);
    }

    /** A catalogue without teams. */
    public Agents(List<Card> agents, List<String> speakerSelections) {
      this(agents, speakerSelections, null);
    }

    @Override
    public String type() {
      return "agents";
    }
  }

  /**
   * A team for viewers.
   *
   * @param agents the names of its participants
   * @param description one sentence on its purpose; null for none
   * @param speakerSelection how the next speaker is picked
   * @param maxRounds how many rounds a run has at most
   * @param sampleTopics topics to choose from; null for none
   * @param endWhen when a run ends before its last round, as in a team file but without settings of
   *     extensions, as JSON; null for none or unknown
   * @param own true if the user has made it; null for false
   * @param definition what the user has saved, as JSON; null if it is not the user's own
   * @param fault why it cannot be started any more; null if it can
   */
  record Team(
      String name,
      List<String> agents,
      @Nullable String description,
      String speakerSelection,
      int maxRounds,
      @Nullable List<String> sampleTopics,
      @JsonRawValue @Nullable String endWhen,
      @Nullable Boolean own,
      @JsonRawValue @Nullable String definition,
      @Nullable String fault) {

    /** A team of the server, without its end. */
    public Team(
        String name,
        List<String> agents,
        @Nullable String description,
        String speakerSelection,
        int maxRounds,
        @Nullable List<String> sampleTopics) {
      this(
          name,
          agents,
          description,
          speakerSelection,
          maxRounds,
          sampleTopics,
          null,
          null,
          null,
          null);
    }
  }

  /**
   * An agent's description for viewers.
   *
   * @param colour the colour of its messages, from 0 to 7; null for any
   * @param own true if the user has made it; null for false
   * @param definition what the user has saved, as JSON; null if it is not the user's own
   * @param fault why it cannot be started any more; null if it can
   */
  record Card(
      String name,
      String description,
      @Nullable Integer colour,
      @Nullable Boolean own,
      @JsonRawValue @Nullable String definition,
      @Nullable String fault) {

    /** An agent of the server. */
    public Card(String name, String description) {
      this(name, description, null, null, null, null);
    }
  }

  /**
   * A model or a tool that agents of the user may have.
   *
   * @param description one sentence; null for none
   */
  record Choice(String name, @Nullable String description) {}

  /**
   * How the user may make agents and teams.
   *
   * @param kept true if the server keeps them; if false, the client keeps them and sends them with
   *     each start
   * @param maxAgents how many agents of one's own there may be
   * @param maxTeams how many teams of one's own there may be
   * @param maxChars how many characters of JSON all of them may have together
   */
  record Editing(boolean kept, int maxAgents, int maxTeams, int maxChars) {}

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
   */
  record Joined(
      String conversationId, Mode mode, long epoch, @Nullable Long fromSeq, @Nullable Long toSeq)
      implements ControlFrame {
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

  /** The reply to {@code set_name}: the viewer, as others see them from now on. */
  record Named(Author author) implements ControlFrame {
    @Override
    public String type() {
      return "named";
    }
  }

  /** The connection no longer views a conversation. */
  record Left(String conversationId) implements ControlFrame {
    @Override
    public String type() {
      return "left";
    }
  }

  /**
   * The state of a conversation after event {@code seq}.
   *
   * @param conversationId the conversation's id, in the envelope
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
     * The contents of a snapshot.
     *
     * @param seq the last event that it contains
     * @param messages all complete messages, in order
     * @param open the messages that are still being written
     * @param run the number of the current or last run
     * @param pendingInput the oldest open question, or null
     * @param pendingInputs all open questions, oldest first, or null
     * @param ended the end; null while the conversation continues
     * @param queued the messages of people that wait, oldest first, or null
     * @param pausedBy the person who paused it, or null
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
        @Nullable ConversationEnded ended,
        @Nullable List<MessageQueued> queued,
        @Nullable Author pausedBy) {

      /** Returns the same contents with other messages and another epoch. */
      public Content with(List<Message> others, long otherEpoch) {
        return new Content(
            seq,
            otherEpoch,
            run,
            state,
            topic,
            agents,
            speakerSelection,
            maxRounds,
            others,
            open,
            pendingInput,
            pendingInputs,
            ended,
            queued,
            pausedBy);
      }
    }

    /** The state of a conversation. */
    public enum State {
      RUNNING,
      PAUSED,
      WAITING_FOR_INPUT,
      ENDED
    }

    /**
     * A complete message, with the thinking and tool calls that led to it.
     *
     * @param run the number of its run
     * @param thinking the model's thinking, or null
     * @param tools the tool calls with their results, or null
     */
    public record Message(
        @JsonUnwrapped NewMessage message,
        int run,
        @Nullable TurnFinishReason finishReason,
        @Nullable Usage usage,
        @Nullable List<String> agentPath,
        @Nullable String thinking,
        @Nullable List<ToolUse> tools) {}

    /** A message that is still being written, with its text and thinking so far. */
    public record Open(
        String messageId,
        String agentName,
        int round,
        String content,
        String thinking,
        @Nullable List<String> agentPath,
        @Nullable List<ToolUse> tools) {}

    /**
     * A tool call.
     *
     * @param result its result; null while it runs
     * @param isError true if it failed; null while it runs
     */
    public record ToolUse(
        String callId,
        String name,
        String arguments,
        @Nullable String result,
        @Nullable Boolean isError) {}
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
