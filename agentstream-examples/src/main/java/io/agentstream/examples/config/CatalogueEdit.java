package io.agentstream.examples.config;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may make agents and teams on the page. */
public enum CatalogueEdit {
  /** Nobody. */
  NOBODY,
  /** Users with a token or, without tokens, the person at this machine. */
  OWNER,
  /** Everybody who can use the server. */
  EVERYBODY;

  private static final String KEY = "edit";

  /** Reads {@code catalogue.edit}; without it, {@link #OWNER}. */
  static CatalogueEdit read(Section root) throws ConfigException {
    Section section = root.section("catalogue", Set.of(KEY));
    String word = section == null ? null : section.text(KEY);
    if (section == null || word == null) {
      return OWNER;
    }
    CatalogueEdit named = named(word);
    if (named == null) {
      throw section.wrong(KEY, "must be nobody, owner or everybody");
    }
    return named;
  }

  private static @Nullable CatalogueEdit named(String word) {
    for (CatalogueEdit each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    return null;
  }
}
