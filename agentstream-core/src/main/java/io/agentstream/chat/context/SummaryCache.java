package io.agentstream.chat.context;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest summaries by the digest of the summarised messages. Thread-safe. */
final class SummaryCache {

  private static final int MOST = 256;

  private final Map<String, String> summaries = new LinkedHashMap<>(16, 0.75f, true);

  synchronized @Nullable String get(String digest) {
    return summaries.get(digest);
  }

  synchronized void put(String digest, String summary) {
    summaries.put(digest, summary);
    if (summaries.size() > MOST) {
      Iterator<String> oldest = summaries.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
