package io.agentstream.teams.internal;

import io.agentstream.chat.Agent;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of text in a team file. */
public enum Texts {
  /** Any text that is not blank. */
  ANY,
  /** The name of an agent or a team. */
  NAME,
  /** The name of a model, a tool server or an extension. */
  ID,
  /** The name of an environment variable, which an error message never quotes. */
  VARIABLE,
  /** A URL with http or https and without user or password. */
  URL;

  private static final Pattern IDS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
  private static final Pattern VARIABLES = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** Returns the mistake of a text of this kind; null if there is none. */
  @Nullable String mistake(String text) {
    if (text.isBlank()) {
      return "must not be blank";
    }
    return switch (this) {
      case ANY -> null;
      case NAME -> nameMistake(text);
      case ID ->
          IDS.matcher(text).matches()
              ? null
              : "must have 1 to 64 letters, digits, dots, dashes or underscores";
      case VARIABLE ->
          VARIABLES.matcher(text).matches()
              ? null
              : "must be the name of an environment variable, such as LOCAL_KEY, not a key itself";
      case URL -> urlMistake(text);
    };
  }

  /** Returns the pattern for the schema; null for none. */
  @Nullable String pattern() {
    return switch (this) {
      case ANY, NAME -> "\\S";
      case ID -> "^" + IDS.pattern() + "$";
      case VARIABLE -> "^" + VARIABLES.pattern() + "$";
      case URL -> "^[Hh][Tt][Tt][Pp][Ss]?://";
    };
  }

  private static @Nullable String nameMistake(String name) {
    if (name.length() > Agent.MAX_NAME_LENGTH || !name.equals(name.strip())) {
      return "is no name: a name has at most "
          + Agent.MAX_NAME_LENGTH
          + " characters and no space at either end";
    }
    try {
      var unused = Agent.builder(name);
      return null;
    } catch (IllegalArgumentException e) {
      return "is no name: " + e.getMessage();
    }
  }

  private static @Nullable String urlMistake(String text) {
    String rule =
        "must be a URL that begins with http:// or https://, such as http://127.0.0.1:11434/v1";
    try {
      URI uri = URI.create(text);
      String scheme = uri.getScheme();
      if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
          || uri.getRawAuthority() == null) {
        return rule;
      }
      if (uri.getRawAuthority().contains("@")) {
        return "must not hold a user or password; name the key's environment variable instead";
      }
      return uri.getHost() == null ? rule : null;
    } catch (IllegalArgumentException e) {
      return rule;
    }
  }
}
