package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.HandoffSelector;
import io.agentstream.chat.speaker.ModelSelector;
import io.agentstream.chat.speaker.PlannerSelector;
import io.agentstream.chat.speaker.SpeakerSelector;
import org.jspecify.annotations.Nullable;

/** Builds core's speaker selectors. */
final class Selections {

  private Selections() {}

  static SpeakerSelector build(SelectionSpec spec, Parts parts) {
    if (spec instanceof SelectionSpec.Random random) {
      return random.seed() == null
          ? SpeakerSelector.random()
          : SpeakerSelector.random(random.seed());
    }
    if (spec instanceof SelectionSpec.Manual) {
      return SpeakerSelector.manual();
    }
    if (spec instanceof SelectionSpec.Handoff handoff) {
      return handoff(handoff);
    }
    if (spec instanceof SelectionSpec.Parallel parallel) {
      return parallel(parallel);
    }
    if (spec instanceof SelectionSpec.Model model) {
      return model(model, parts.model(model.model()));
    }
    if (spec instanceof SelectionSpec.Planner planner) {
      return planner(planner, parts.model(planner.model()));
    }
    if (spec instanceof SelectionSpec.Custom custom) {
      return parts.selection(custom, orElse(custom, parts));
    }
    return SpeakerSelector.roundRobin();
  }

  private static @Nullable SpeakerSelector orElse(SelectionSpec.Custom custom, Parts parts) {
    return custom.orElse() == null ? null : build(custom.orElse(), parts);
  }

  private static SpeakerSelector handoff(SelectionSpec.Handoff spec) {
    HandoffSelector handoff = SpeakerSelector.handoff();
    handoff = Boolean.TRUE.equals(spec.toUser()) ? handoff.toUser() : handoff;
    return Boolean.TRUE.equals(spec.keepsTheFloor()) ? handoff.keepsTheFloor() : handoff;
  }

  private static SpeakerSelector parallel(SelectionSpec.Parallel spec) {
    if (spec.summariser() == null) {
      return SpeakerSelector.parallelRound();
    }
    return spec.instruction() == null
        ? SpeakerSelector.parallelRound(spec.summariser())
        : SpeakerSelector.parallelRound(spec.summariser(), spec.instruction());
  }

  private static SpeakerSelector model(SelectionSpec.Model spec, StreamingChatModel model) {
    ModelSelector selector = SpeakerSelector.model(model);
    if (spec.prompt() != null) {
      selector = selector.prompt(spec.prompt());
    }
    if (spec.attempts() != null) {
      selector = selector.attempts(spec.attempts());
    }
    return selector.allowRepeatedSpeaker(Boolean.TRUE.equals(spec.allowRepeats()));
  }

  private static SpeakerSelector planner(SelectionSpec.Planner spec, StreamingChatModel model) {
    PlannerSelector selector = SpeakerSelector.planner(model);
    if (spec.maxStalls() != null) {
      selector = selector.maxStalls(spec.maxStalls());
    }
    if (spec.finalAnswerBy() != null) {
      selector = selector.finalAnswerBy(spec.finalAnswerBy());
    }
    return spec.finalAnswerPrompt() == null
        ? selector
        : selector.finalAnswerPrompt(spec.finalAnswerPrompt());
  }
}
