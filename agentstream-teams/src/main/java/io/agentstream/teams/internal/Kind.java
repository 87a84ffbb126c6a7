package io.agentstream.teams.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names one of the forms that a sealed interface permits. On the interface itself it names the key
 * that tells the forms apart; without it, each form is known by a key of its own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
  /** Returns the name. */
  String value();
}
