package io.agentstream.chat.speaker;

import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A selector's decision, and its state. Immutable. */
public sealed interface Selection {

  /** Returns the state that the selector gets as {@link SelectionContext#state()} the next time. */
  String state();

  /** Returns the same decision with another state. */
  Selection withState(String state);

  /**
   * Returns a decision that these participants speak next, several of them at once, as one round.
   */
  static Speak speak(String... agentNames) {
    return speak(Arrays.stream(agentNames).map(Turn::of).toList());
  }

  /** Returns a decision that these turns come next, several of them at once, as one round. */
  static Speak speak(List<Turn> turns) {
    return new Speak(turns, true, true, "");
  }

  /** Returns a decision to ask a person first; the selector is called again with the answer. */
  static Ask ask(InputKind kind, String prompt, @Nullable List<String> choices) {
    return new Ask(kind, null, prompt, choices, "");
  }

  /** The run ends. */
  static End end(EndReason reason, @Nullable String detail) {
    return new End(reason, detail, "");
  }

  /**
   * One or more participants speak.
   *
   * @param turns at least one turn; several stream at once
   * @param startsRound true if a round begins with it
   * @param endsRound true if a round ends with it
   */
  record Speak(List<Turn> turns, boolean startsRound, boolean endsRound, String state)
      implements Selection {
    public Speak {
      turns = List.copyOf(turns);
      if (turns.isEmpty()) {
        throw new IllegalArgumentException("Somebody must speak, or the run must end");
      }
    }

    /** Returns the same step as a part of a longer round. */
    public Speak inRound(boolean startsRound, boolean endsRound) {
      return new Speak(turns, startsRound, endsRound, state);
    }

    @Override
    public Speak withState(String state) {
      return new Speak(turns, startsRound, endsRound, state);
    }
  }

  /**
   * One turn.
   *
   * @param agentName the speaker
   * @param instruction an instruction for this turn only, after the history, or null
   * @param tools tools for this turn only
   * @param reason the reason for the pick, for viewers, or null
   */
  record Turn(
      String agentName,
      @Nullable String instruction,
      List<ControlTool> tools,
      @Nullable String reason) {
    public Turn {
      tools = List.copyOf(tools);
    }

    /** Creates a turn without instruction, tools or reason. */
    public static Turn of(String agentName) {
      return new Turn(agentName, null, List.of(), null);
    }

    /** Returns the same turn with an instruction. */
    public Turn withInstruction(String instruction) {
      return new Turn(agentName, instruction, tools, reason);
    }

    /** Returns the same turn with tools. */
    public Turn withTools(List<ControlTool> tools) {
      return new Turn(agentName, instruction, tools, reason);
    }

    /** Returns the same turn with a reason. */
    public Turn withReason(String reason) {
      return new Turn(agentName, instruction, tools, reason);
    }
  }

  /**
   * A question to a person.
   *
   * @param kind the kind of answer; the answer to a {@link InputKind#TEXT} also becomes a message
   * @param agentName the asking agent, or null
   * @param prompt the text of the question
   * @param choices the possible answers; null if any text is accepted
   */
  record Ask(
      InputKind kind,
      @Nullable String agentName,
      String prompt,
      @Nullable List<String> choices,
      String state)
      implements Selection {

    /** Returns the same question on behalf of an agent. */
    public Ask by(String agentName) {
      return new Ask(kind, agentName, prompt, choices, state);
    }

    @Override
    public Ask withState(String state) {
      return new Ask(kind, agentName, prompt, choices, state);
    }
  }

  /** The run ends. */
  record End(EndReason reason, @Nullable String detail, String state) implements Selection {
    @Override
    public End withState(String state) {
      return new End(reason, detail, state);
    }
  }
}
