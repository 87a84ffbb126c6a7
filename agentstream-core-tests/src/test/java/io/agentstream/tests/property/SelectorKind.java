package io.agentstream.tests.property;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.InputKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * How the next speaker is picked in a random conversation.
 *
 * @param name how a failure calls it
 * @param factory makes the selector, with a model for those that ask one
 */
record SelectorKind(String name, Function<StreamingChatModel, SpeakerSelector> factory) {

  /** All that are tried: a line each. */
  static final List<SelectorKind> ALL =
      List.of(
          new SelectorKind("round robin", model -> SpeakerSelector.roundRobin()),
          new SelectorKind("random", model -> SpeakerSelector.random(42)),
          new SelectorKind("model", SpeakerSelector::model),
          new SelectorKind("handoff", model -> SpeakerSelector.handoff()),
          new SelectorKind("handoff, to the user too", model -> SpeakerSelector.handoff().toUser()),
          new SelectorKind(
              "handoff, keeps the floor", model -> SpeakerSelector.handoff().keepsTheFloor()),
          new SelectorKind("manual", model -> SpeakerSelector.manual()),
          new SelectorKind("planner", SpeakerSelector::planner),
          new SelectorKind("parallel round", model -> SpeakerSelector.parallelRound()),
          new SelectorKind(
              "function, else in turn",
              model ->
                  SpeakerSelector.function(c -> Optional.empty())
                      .orElse(SpeakerSelector.roundRobin())),
          new SelectorKind("all at once", model -> own(true, SelectorKind::everybody)),
          new SelectorKind("all at once, inline", model -> own(false, SelectorKind::everybody)),
          new SelectorKind("asks a model", model -> own(true, c -> asksModel(c, model))),
          new SelectorKind("asks for a speaker", model -> own(false, SelectorKind::asksForSpeaker)),
          new SelectorKind("asks for a text", model -> own(false, SelectorKind::asksForText)),
          new SelectorKind("fails in the third step", model -> own(true, SelectorKind::fails)));

  SpeakerSelector selector(StreamingChatModel model) {
    return factory.apply(model);
  }

  @Override
  public String toString() {
    return name;
  }

  private static CompletionStage<Selection> everybody(SelectionContext context) {
    return done(Selection.speak(names(context).toArray(String[]::new)));
  }

  private static CompletionStage<Selection> asksModel(
      SelectionContext context, StreamingChatModel model) {
    List<String> names = names(context);
    return context
        .ask(model, List.of(UserMessage.from("Who is next?")))
        .thenApply(answer -> Selection.speak(names.contains(answer) ? answer : names.get(0)));
  }

  private static CompletionStage<Selection> asksForSpeaker(SelectionContext context) {
    List<String> names = names(context);
    String input = context.input();
    if (input == null) {
      return done(Selection.ask(InputKind.SPEAKER, "Who is next?", names));
    }
    return done(Selection.speak(input.isEmpty() ? names.get(0) : input));
  }

  private static CompletionStage<Selection> asksForText(SelectionContext context) {
    String first = names(context).get(0);
    return done(
        context.input() == null
            ? Selection.ask(InputKind.TEXT, "And then?", null).by(first)
            : Selection.speak(first));
  }

  private static CompletionStage<Selection> fails(SelectionContext context) {
    if (context.turns() == 2) {
      throw new IllegalStateException("stubbed");
    }
    return done(Selection.speak(names(context).get(context.turns() % names(context).size())));
  }

  private static List<String> names(SelectionContext context) {
    return context.participants().stream().map(Participant::name).toList();
  }

  private static CompletionStage<Selection> done(Selection selection) {
    return CompletableFuture.completedStage(selection);
  }

  private static SpeakerSelector own(
      boolean mayBlock, Function<SelectionContext, CompletionStage<Selection>> select) {
    return new SpeakerSelector() {
      @Override
      public String name() {
        return "own";
      }

      @Override
      public boolean mayBlock() {
        return mayBlock;
      }

      @Override
      public CompletionStage<Selection> select(SelectionContext context) {
        return select.apply(context);
      }
    };
  }
}
