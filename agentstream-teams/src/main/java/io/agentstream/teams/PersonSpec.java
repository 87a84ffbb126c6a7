package io.agentstream.teams;

import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.chat.Person;
import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Texts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A person with a seat in teams. A component that is null has core's default.
 *
 * @param name the name for viewers and agents
 * @param description one sentence for viewers and selectors
 * @param prompt the question for turns to which the selector adds no instruction
 * @param timeoutSeconds how long the person may take; null for the team's time for questions
 * @param onTimeout what follows if nobody answers
 */
public record PersonSpec(
    @Field(value = "The name for viewers and agents.", text = Texts.NAME, longest = 64) String name,
    @Field(value = "One sentence for viewers and selectors.", longest = 2_000)
        @Nullable String description,
    @Field(value = "The question; default: that it is the person's turn.", longest = 8_000)
        @Nullable String prompt,
    @Field(
            value = "How long the person may take; default: the team's time for questions.",
            least = 1,
            most = 2_073_600)
        @Nullable Integer timeoutSeconds,
    @Field("What follows if nobody answers: go_on skips the turn, end ends the run; default go_on.")
        TeamSpec.@Nullable OnTimeout onTimeout) {

  /** Returns the person of this description. */
  Person build() {
    Person.Builder person = Person.builder(name);
    Given.set(description, person::description);
    Given.set(prompt, person::prompt);
    Given.set(timeoutSeconds, seconds -> person.timeout(Duration.ofSeconds(seconds)));
    if (onTimeout == TeamSpec.OnTimeout.END) {
      person.onTimeout(InputTimeoutPolicy.END);
    }
    return person.build();
  }
}
