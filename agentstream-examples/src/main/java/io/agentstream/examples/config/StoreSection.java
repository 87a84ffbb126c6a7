package io.agentstream.examples.config;

import io.agentstream.store.StoreSettings;
import java.time.Duration;
import java.util.Set;

/** Reads {@code store}. */
final class StoreSection {

  private static final String URL = "url";
  private static final String USER = "user";
  private static final String PASSWORD = "password_env";
  private static final String HOLD = "hold_after_seconds";
  private static final String KEEP = "keep_days";
  private static final Set<String> KEYS = Set.of(URL, USER, PASSWORD, HOLD, KEEP);
  private static final int LONGEST_HOLD_SECONDS = (int) Duration.ofDays(1).toSeconds();

  private static final int LONGEST_KEEP_DAYS = 36_500;

  private StoreSection() {}

  static StoreSpec read(Section root) throws ConfigException {
    Section section = root.section("store", KEYS);
    if (section == null) {
      return StoreSpec.inMemory();
    }
    StoreSettings defaults = StoreSettings.defaults();
    Integer hold = section.wholeNumber(HOLD, 1, LONGEST_HOLD_SECONDS);
    Integer keep = section.wholeNumber(KEEP, 0, LONGEST_KEEP_DAYS);
    return new StoreSpec(
        null,
        section.text(URL),
        section.text(USER),
        section.text(PASSWORD),
        new StoreSettings(
            hold == null ? defaults.holdAfter() : Duration.ofSeconds(hold),
            keep == null ? defaults.keep() : Duration.ofDays(keep)));
  }
}
