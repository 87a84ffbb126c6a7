package io.agentstream.internal;

import org.jspecify.annotations.Nullable;

/**
 * Marks classes of the library's other modules that implement what users implement too. {@link
 * UserCode} neither measures nor names them.
 */
public interface LibraryCode {

  /** Returns the user's object that this one passes its calls to; null if it does the work. */
  default @Nullable Object user() {
    return null;
  }
}
