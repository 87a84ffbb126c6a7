package io.agentstream.chat.speaker;

import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a selector decided, and what it wants to remember. Immutable. */
public sealed interface Selection {

  /** What the selector finds as {@link SelectionContext#state()} the next time. */
  String state();

  /** The same with another state. */
  Selection withState(String state);

  /** These speak next; several of them at once. It is a round of its own. */
  static Speak speak(String... agentNames) {
    return speak(Arrays.stream(agentNames).map(Turn::of).toList());
  }

  /** These turns come next; several of them at once. It is a round of its own. */
  static Speak speak(List<Turn> turns) {
    return new Speak(turns, true, true, "");
  }

  /** A person is asked first; the selector is called again with the answer. */
  static Ask ask(InputKind kind, String prompt, @Nullable List<String> choices) {
    return new Ask(kind, null, prompt, choices, "");
  }

  /** The run ends. */
  static End end(EndReason reason, @Nullable String detail) {
    return new End(reason, detail, "");
  }

  /**
   * Somebody speaks.
   *
   * @param turns who, at least one; they stream at once
   * @param startsRound whether a round begins with it
   * @param endsRound whether a round is over after it
   */
  record Speak(List<Turn> turns, boolean startsRound, boolean endsRound, String state)
      implements Selection {
    public Speak {
      turns = List.copyOf(turns);
      if (turns.isEmpty()) {
        throw new IllegalArgumentException("Somebody must speak, or the run must end");
      }
    }

    /** The same as a part of a longer round. */
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
   * @param agentName who speaks
   * @param instruction what the agent is told for this turn alone, after the history; null for
   *     nothing
   * @param tools tools for this turn alone
   * @param reason why it was picked, for viewers; null for no reason
   */
  record Turn(
      String agentName,
      @Nullable String instruction,
      List<ControlTool> tools,
      @Nullable String reason) {
    public Turn {
      tools = List.copyOf(tools);
    }

    /** A turn without anything special. */
    public static Turn of(String agentName) {
      return new Turn(agentName, null, List.of(), null);
    }

    /** The same with an instruction. */
    public Turn withInstruction(String instruction) {
      return new Turn(agentName, instruction, tools, reason);
    }

    /** The same with tools. */
    public Turn withTools(List<ControlTool> tools) {
      return new Turn(agentName, instruction, tools, reason);
    }

    /** The same with a reason. */
    public Turn withReason(String reason) {
      return new Turn(agentName, instruction, tools, reason);
    }
  }

  /**
   * A person is asked.
   *
   * @param kind what kind of answer it takes; a {@link InputKind#TEXT} also becomes a message
   * @param agentName on whose behalf; null for nobody's
   * @param prompt what is asked
   * @param choices what can be answered; null where any text will do
   */
  record Ask(
      InputKind kind,
      @Nullable String agentName,
      String prompt,
      @Nullable List<String> choices,
      String state)
      implements Selection {

    /** The same on behalf of an agent. */
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
