package io.agentstream.upstream.openai;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/** The parameters that one model of a server refuses, as far as known. Thread-safe. */
final class Quirks {

  private final AtomicReference<Set<Quirk>> known = new AtomicReference<>(Set.of());
  private final String label;

  /**
   * @param label the name of the model and its server in the log
   */
  Quirks(String label) {
    this.label = label;
  }

  /** Returns the known ones and {@code more}. */
  Set<Quirk> with(Collection<Quirk> more) {
    EnumSet<Quirk> all = EnumSet.noneOf(Quirk.class);
    all.addAll(known.get());
    all.addAll(more);
    return all;
  }

  /** Returns the sentences for the known ones. */
  List<String> told() {
    return with(Set.of()).stream().map(Quirk::told).toList();
  }

  /**
   * Keeps those without which a request was answered.
   *
   * @param log receives each one that was not known before
   */
  void learn(Collection<Quirk> answered, Logger log) {
    if (answered.isEmpty()) {
      return;
    }
    Set<Quirk> before = known.getAndUpdate(old -> Collections.unmodifiableSet(with(answered)));
    for (Quirk quirk : answered) {
      if (!before.contains(quirk)) {
        log.warn("Model {} refuses {}", label, quirk.told());
      }
    }
  }
}
