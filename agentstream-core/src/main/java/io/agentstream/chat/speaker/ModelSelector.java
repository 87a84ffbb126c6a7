package io.agentstream.chat.speaker;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.speaker.Interview.Reading;
import io.agentstream.event.EndReason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model picks who speaks: AutoGen's {@code SelectorGroupChat}. Made by {@link
 * SpeakerSelector#model}; immutable. Without state: the previous speaker is the conversation's.
 *
 * <p>A pick goes through these, in this order:
 *
 * <ol>
 *   <li>{@link #function}: if it names somebody, that is it.
 *   <li>{@link #candidates}: who can be picked at all; all participants by default.
 *   <li>The previous speaker is dropped from the candidates, unless {@link #allowRepeatedSpeaker}
 *       says otherwise, or nobody else is left.
 *   <li>If one candidate is left, it speaks, and no model is asked.
 *   <li>The model is asked. Its answer must name exactly one candidate; else it is told what is
 *       wrong, and asked again, {@link #attempts} times in all. A call that fails is an attempt.
 *   <li>After that, the candidate speaks who comes next in order after the previous speaker.
 * </ol>
 *
 * <p>Different from AutoGen 0.7: there the previous speaker is dropped only where no candidate
 * function is given; the fallback is the previous speaker, against the rule not to repeat, or a
 * first participant who may be no candidate; a failing model ends the team; names of others beside
 * the one candidate make an answer unclear; and names are found in ways that fail for many scripts,
 * see {@code NameFinder}. What the model uses counts as the conversation's overhead; no model is
 * asked once the rounds are used up.
 */
public final class ModelSelector implements SpeakerSelector {

  /** What the model is asked unless said otherwise. */
  public static final String DEFAULT_PROMPT =
      """
      You are in a role play game. The following roles are available:
      {roles}

      Read the following conversation. Then select the next role from {participants} to play. \
      Only return the role.

      {history}

      Read the above conversation. Then select the next role from {participants} to play. \
      Only return the role.""";

  /** How often the model is asked at most unless said otherwise. */
  public static final int DEFAULT_ATTEMPTS = 3;

  private static final Logger log = LoggerFactory.getLogger(ModelSelector.class);

  private final StreamingChatModel model;
  private final Rules rules;

  ModelSelector(StreamingChatModel model) {
    this(model, new Rules(DEFAULT_PROMPT, false, DEFAULT_ATTEMPTS, null, null));
  }

  private ModelSelector(StreamingChatModel model, Rules rules) {
    this.model = Objects.requireNonNull(model, "model");
    this.rules = rules;
  }

  private record Rules(
      String prompt,
      boolean allowRepeatedSpeaker,
      int attempts,
      @Nullable Function<SelectionContext, Optional<String>> function,
      @Nullable Function<SelectionContext, List<String>> candidates) {}

  /**
   * The same with another prompt; {@link #DEFAULT_PROMPT} by default.
   *
   * @param prompt a template: {@code {roles}} is who takes part and what each is good for, {@code
   *     {participants}} the candidates' names, {@code {history}} what was said
   * @throws IllegalArgumentException if it lacks {@code {participants}}
   */
  public ModelSelector prompt(String prompt) {
    if (!prompt.contains("{participants}")) {
      throw new IllegalArgumentException("The selector's prompt must contain {participants}");
    }
    return new ModelSelector(
        model,
        new Rules(
            prompt, rules.allowRepeatedSpeaker, rules.attempts, rules.function, rules.candidates));
  }

  /** The same with a speaker allowed to be picked twice in a row, or not; not by default. */
  public ModelSelector allowRepeatedSpeaker(boolean allow) {
    return new ModelSelector(
        model, new Rules(rules.prompt, allow, rules.attempts, rules.function, rules.candidates));
  }

  /** The same with another number of attempts, from 1; {@value #DEFAULT_ATTEMPTS} by default. */
  public ModelSelector attempts(int attempts) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
    return new ModelSelector(
        model,
        new Rules(
            rules.prompt, rules.allowRepeatedSpeaker, attempts, rules.function, rules.candidates));
  }

  /**
   * The same with a function that is asked first; whomever it names speaks, even twice in a row. It
   * may block.
   */
  public ModelSelector function(Function<SelectionContext, Optional<String>> function) {
    Objects.requireNonNull(function, "function");
    return new ModelSelector(
        model,
        new Rules(
            rules.prompt, rules.allowRepeatedSpeaker, rules.attempts, function, rules.candidates));
  }

  /**
   * The same with a function that says who can be picked: names of participants, at least one. It
   * may block.
   */
  public ModelSelector candidates(Function<SelectionContext, List<String>> candidates) {
    Objects.requireNonNull(candidates, "candidates");
    return new ModelSelector(
        model,
        new Rules(
            rules.prompt, rules.allowRepeatedSpeaker, rules.attempts, rules.function, candidates));
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public boolean mayBlock() {
    return rules.function != null || rules.candidates != null;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    if (context.roundsLeft() == 0) {
      return CompletableFuture.completedStage(Selection.end(EndReason.MAX_ROUNDS, null));
    }
    List<String> names = Names.of(context);
    Optional<String> given =
        rules.function == null ? Optional.empty() : rules.function.apply(context);
    if (given.isPresent()) {
      String name = Names.check(given.get(), names, "The selector's function");
      return CompletableFuture.completedStage(Selection.speak(name));
    }
    List<String> candidates = candidates(context, names);
    return candidates.size() == 1
        ? CompletableFuture.completedStage(Selection.speak(candidates.get(0)))
        : askModel(context, names, candidates);
  }

  private List<String> candidates(SelectionContext context, List<String> names) {
    List<String> candidates = rules.candidates == null ? names : rules.candidates.apply(context);
    if (candidates.isEmpty()) {
      throw new IllegalStateException("The selector's candidate function named nobody");
    }
    List<String> distinct =
        candidates.stream()
            .map(name -> Names.check(name, names, "The selector's candidate function"))
            .distinct()
            .toList();
    return rules.allowRepeatedSpeaker ? distinct : Names.without(context.lastSpeaker(), distinct);
  }

  private CompletionStage<Selection> askModel(
      SelectionContext context, List<String> names, List<String> candidates) {
    NextSpeaker next = new NextSpeaker(new NameFinder(names));
    String choice = String.join(", ", candidates);
    String question =
        Template.fill(
            rules.prompt,
            Map.of(
                "roles", Transcript.roles(context),
                "participants", choice,
                "history", Transcript.of(context.messages())));
    return new Interview<>(context, model, answer -> read(next.in(answer), candidates, choice))
        .ask(question, rules.attempts)
        .exceptionally(failure -> withoutModel(context, failure))
        .thenApply(
            name ->
                name.<Selection>map(Selection::speak)
                    .orElseGet(() -> nextInOrder(context, names, candidates)));
  }

  private static Reading<String> read(Set<String> named, List<String> candidates, String choice) {
    List<String> found = named.stream().filter(candidates::contains).toList();
    if (found.size() == 1) {
      return Reading.of(found.get(0));
    }
    if (found.size() > 1) {
      return Reading.unclear("Name exactly one role. Select only one from: " + choice + ".");
    }
    if (!named.isEmpty()) {
      return Reading.unclear(
          "This role cannot be next. Select a different one from: " + choice + ".");
    }
    return Reading.unclear("No valid role was named. Select one from: " + choice + ".");
  }

  private static Optional<String> withoutModel(SelectionContext context, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof ModelAskException asked) {
      String id = context.conversationId();
      log.atWarn()
          .addKeyValue("conversation_id", id)
          .log(
              "Conversation {}: the model that picks the speaker failed: {}",
              id,
              asked.getMessage());
      return Optional.empty();
    }
    throw cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  private Selection nextInOrder(
      SelectionContext context, List<String> names, List<String> candidates) {
    String id = context.conversationId();
    log.atWarn()
        .addKeyValue("conversation_id", id)
        .log(
            "Conversation {}: the model picked nobody in {} attempts, next in order",
            id,
            rules.attempts);
    String next = Names.after(context.lastSpeaker(), names, candidates);
    return Selection.speak(
        List.of(Selection.Turn.of(next).withReason("Next in order: the model picked nobody.")));
  }
}
