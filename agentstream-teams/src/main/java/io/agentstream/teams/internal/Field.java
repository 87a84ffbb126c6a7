package io.agentstream.teams.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a record as a key of the file. The key is the component's name in snake
 * case. A component that may be null is optional; so is a list or an object, which then is empty.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

  /** The largest whole number that is allowed where nothing else is said. */
  double MOST = Integer.MAX_VALUE;

  /** Returns the description for the schema. */
  String value();

  /** Returns the key; empty for the component's name in snake case. */
  String key() default "";

  /** Returns the least number. */
  double least() default 0;

  /** Returns the greatest number. */
  double most() default MOST;

  /** Returns the longest text in UTF-16 code units, for texts, keys and the texts of lists. */
  int longest() default 1_000;

  /** Returns the fewest elements of a list or an object that is given. */
  int fewest() default 0;

  /** Returns true for a list whose only element may stand without brackets. */
  boolean single() default false;

  /** Returns the kind of text. */
  Texts text() default Texts.ANY;
}
