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
 * Lets a model pick the next speaker, like AutoGen's {@code SelectorGroupChat}. Created by {@link
 * SpeakerSelector#model}; immutable. It has no state: the conversation knows the previous speaker.
 *
 * <p>A pick takes these steps in order:
 *
 * <ol>
 *   <li>{@link #function}: if it names a participant, that one speaks.
 *   <li>{@link #candidates} limits the candidates; by default all participants are candidates.
 *   <li>The previous speaker is dropped from the candidates, unless {@link #allowRepeatedSpeaker}
 *       says otherwise, or nobody else is left.
 *   <li>If one candidate is left, it speaks, and no model is asked.
 *   <li>The model is asked. Its answer must name exactly one candidate. Otherwise the model is told
 *       the problem and asked again, up to {@link #attempts} attempts in total. A failed call is an
 *       attempt.
 *   <li>After that, the candidate that is next in order after the previous speaker speaks.
 * </ol>
 *
 * <p>Participants that are muted or have left are no candidates, whoever names them.
 *
 * <p>AutoGen 0.7 differs: the previous speaker is dropped only if there is no candidate function;
 * the fallback is the previous speaker, against the rule not to repeat, or a first participant that
 * may not be a candidate; a failing model ends the team; names of others besides the one candidate
 * make an answer unclear; and its search for names fails for many scripts, see {@code NameFinder}.
 * The model's usage counts as the conversation's overhead. No model is asked once the rounds are
 * used up.
 */
public final class ModelSelector implements SpeakerSelector {

  /** The default prompt. */
  public static final String DEFAULT_PROMPT =
      """
      You are in a role play game. The following roles are available:
      {roles}

      Read the following conversation. Then select the next role from {participants} to play. \
      Only return the role.

      {history}

      Read the above conversation. Then select the next role from {participants} to play. \
      Only return the role.""";

  /** The default maximum number of attempts. */
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
   * Returns a selector with another prompt; default {@link #DEFAULT_PROMPT}.
   *
   * @param prompt a template: {@code {roles}} stands for the participants with their descriptions,
   *     {@code {participants}} for the candidates' names, {@code {history}} for the messages so far
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

  /** Returns a selector that may pick the same speaker twice in a row, or not; default false. */
  public ModelSelector allowRepeatedSpeaker(boolean allow) {
    return new ModelSelector(
        model, new Rules(rules.prompt, allow, rules.attempts, rules.function, rules.candidates));
  }

  /**
   * Returns a selector with another number of attempts, from 1; default {@value #DEFAULT_ATTEMPTS}.
   */
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
   * Returns a selector that first calls this function; the participant that it names speaks, even
   * twice in a row. The function may block.
   */
  public ModelSelector function(Function<SelectionContext, Optional<String>> function) {
    Objects.requireNonNull(function, "function");
    return new ModelSelector(
        model,
        new Rules(
            rules.prompt, rules.allowRepeatedSpeaker, rules.attempts, function, rules.candidates));
  }

  /**
   * Returns a selector with a function for the candidates, which returns the names of at least one
   * participant. The function may block.
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
    if (given.isPresent() && !Names.isSilent(context, given.get())) {
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
    List<String> given =
        candidates.stream()
            .map(name -> Names.checkGiven(name, context, "The selector's candidate function"))
            .distinct()
            .filter(names::contains)
            .toList();
    List<String> distinct = given.isEmpty() ? names : given;
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
            "Conversation {}: the model picked nobody in {} attempts; the next in order speaks",
            id,
            rules.attempts);
    String next = Names.after(context.lastSpeaker(), names, candidates);
    return Selection.speak(
        List.of(Selection.Turn.of(next).withReason("Next in order: the model picked nobody.")));
  }
}
