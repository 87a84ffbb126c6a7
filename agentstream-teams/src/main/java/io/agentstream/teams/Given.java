package io.agentstream.teams;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on the settings that a file has. */
final class Given {

  private Given() {}

  /** Calls the setter unless the setting was left out, so that core's default stays. */
  static <T> void set(@Nullable T setting, Consumer<? super T> setter) {
    if (setting != null) {
      setter.accept(setting);
    }
  }
}
