package io.agentstream.wire.internal;

import io.agentstream.event.Author;
import io.agentstream.internal.PersonName;
import io.agentstream.internal.PlainText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the authors that a document names. Nobody vouches for them, so each gets an id that no
 * user has, and a name that says where it comes from.
 */
final class ImportedAuthors {

  private static final String ID = "imported-";
  private static final String MARK = " (imported)";

  /** The new ids by the given ones. */
  private final Map<String, String> ids = new LinkedHashMap<>();

  @Nullable Author imported(@Nullable Author given) {
    if (given == null) {
      return null;
    }
    String id = ids.computeIfAbsent(given.id(), unknown -> ID + (ids.size() + 1));
    return new Author(id, given.name() == null ? null : marked(given.name()), false);
  }

  private static @Nullable String marked(String given) {
    String name = PersonName.clean(given);
    if (name == null || name.endsWith(MARK)) {
      return name;
    }
    return PlainText.cut(name, PersonName.MAX_LENGTH - MARK.length()).strip() + MARK;
  }
}
