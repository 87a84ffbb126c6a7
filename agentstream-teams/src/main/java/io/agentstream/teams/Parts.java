package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.ToolSource;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that chats are built from: real ones, or stand-ins that only check a file. */
interface Parts {

  /** Returns a model of the file; the default one for null. */
  StreamingChatModel model(@Nullable String name);

  /** Returns the tools under a name of the file. */
  Tools tools(String name);

  SpeakerSelector selection(SelectionSpec.Custom custom, @Nullable SpeakerSelector orElse);

  TerminationCondition condition(EndSpec.Custom custom);

  TerminationCondition external(String name);

  /**
   * Tools under one name: fixed ones, or a source that is asked before each turn.
   *
   * @param fixed the tools that never change
   * @param source null if there are only fixed ones
   * @param listed the names of the tools of the source, as far as they are known
   */
  record Tools(List<LetIn> fixed, @Nullable ToolSource source, List<String> listed) {
    static Tools of(List<LetIn> fixed) {
      return new Tools(fixed, null, List.of());
    }
  }

  /**
   * A tool that is let in.
   *
   * @param approved true if a person approves each call
   * @param idempotent true if a call whose result was lost is made again
   */
  record LetIn(TeamTool tool, boolean approved, boolean idempotent) {}
}
