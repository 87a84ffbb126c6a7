package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Shorthand;
import io.agentstream.teams.internal.Texts;
import org.jspecify.annotations.Nullable;

/**
 * The value of a header or of an environment variable: a text that is no secret, or the variable
 * that holds it. Exactly one of them is set.
 *
 * @param text the value itself; null if a variable holds it
 * @param env the environment variable of our process that holds it; null if it is a text
 */
@Shorthand
public record Value(
    @Field("The value itself, which is no secret.") @Nullable String text,
    @Field(value = "The environment variable that holds the value.", text = Texts.VARIABLE)
        @Nullable String env) {

  /** Returns a text without the value. */
  @Override
  public String toString() {
    return env == null ? "Value[…]" : "Value[env " + env + "]";
  }
}
