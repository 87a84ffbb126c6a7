package io.agentstream.state;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.agentstream.chat.speaker.ControlTool;
import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.InputKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Selectors that have something to lose in a restore. */
final class TestSelectors {

  private TestSelectors() {}

  /** All at once, then the first alone with an instruction, then all again. */
  static final class AllThenFirst implements SpeakerSelector {
    @Override
    public String name() {
      return "all_then_first";
    }

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      boolean all = context.state().isEmpty();
      List<Selection.Turn> turns =
          context.participants().stream()
              .limit(all ? context.participants().size() : 1)
              .map(Participant::name)
              .map(Selection.Turn::of)
              .map(turn -> turn.withInstruction("Be brief").withReason("it is time"))
              .toList();
      return CompletableFuture.completedStage(Selection.speak(turns).withState(all ? "first" : ""));
    }
  }

  /** Each hands over to the next; who does not keeps the floor. */
  static final class Handoff implements SpeakerSelector {
    @Override
    public String name() {
      return "test_handoff";
    }

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      String speaker = context.lastSpeaker() == null ? "Ann" : context.lastSpeaker();
      if (context.lastStep().stream().anyMatch(turn -> turn.called("transfer_to_ben"))) {
        speaker = "Ben";
      }
      ControlTool tool =
          new ControlTool(
              ToolSpecification.builder()
                  .name("transfer_to_ben")
                  .description("Hands over")
                  .parameters(
                      JsonObjectSchema.builder().addStringProperty("why").required("why").build())
                  .build(),
              "Over to Ben.");
      Selection.Turn turn = Selection.Turn.of(speaker);
      return CompletableFuture.completedStage(
          Selection.speak(List.of(speaker.equals("Ann") ? turn.withTools(List.of(tool)) : turn))
              .withState(context.state() + speaker.charAt(0)));
    }
  }

  /** Asks a person, then a model, then lets the person's choice speak. */
  static final class AskThenThink implements SpeakerSelector {
    private final StreamingChatModel model;

    AskThenThink(StreamingChatModel model) {
      this.model = model;
    }

    @Override
    public String name() {
      return "ask_then_think";
    }

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      String input = context.input();
      if (input == null) {
        boolean text = context.turns() % 2 == 0;
        return CompletableFuture.completedStage(
            Selection.ask(
                    text ? InputKind.TEXT : InputKind.SPEAKER,
                    "What now?",
                    text ? null : List.of("Ann", "Ben"))
                .withState(context.state() + "?"));
      }
      String speaker = input.equals("Ben") ? "Ben" : "Ann";
      return context
          .ask(model, List.of(UserMessage.from("Is it wise? " + context.state() + input)))
          .thenApply(wisdom -> Selection.speak(speaker).withState(context.state() + wisdom + "!"));
    }
  }
}
