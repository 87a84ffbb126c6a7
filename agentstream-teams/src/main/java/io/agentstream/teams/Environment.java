package io.agentstream.teams;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes values from environment variables. */
final class Environment {

  private static final Pattern VARIABLE =
      Pattern.compile("[A-Z]{1,30}|(?=.{1,60}$)[A-Z0-9]+(_[A-Z0-9]+)+");

  private Environment() {}

  /**
   * Returns a variable's value.
   *
   * @throws IllegalArgumentException if it is not set or blank
   */
  static String required(String variable, String key, Map<String, String> environment) {
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          key + ": the environment variable " + shown(variable) + "is not set, or blank");
    }
    return value;
  }

  /** Shows what looks like a variable; a key in its place would look otherwise. */
  private static String shown(String variable) {
    return VARIABLE.matcher(variable).matches() ? variable + " " : "";
  }

  /**
   * Returns values with those of variables.
   *
   * @param key the key of the values, for error messages
   * @throws IllegalArgumentException if a variable is not set or blank
   */
  static Map<String, String> resolve(
      String key, Map<String, Value> values, Map<String, String> environment) {
    Map<String, String> resolved = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            resolved.put(
                name,
                value.env() == null
                    ? String.valueOf(value.text())
                    : required(value.env(), key + "." + name, environment)));
    return resolved;
  }
}
