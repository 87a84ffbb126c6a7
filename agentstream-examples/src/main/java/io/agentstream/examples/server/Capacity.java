package io.agentstream.examples.server;

import io.agentstream.settings.Quotas;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much a server may hold, in words. Without settings it follows from the heap. */
final class Capacity {

  private static final Logger log = LoggerFactory.getLogger(Capacity.class);
  private static final long MEBIBYTE = 1024 * 1024;

  private Capacity() {}

  /** Says it in the log. */
  static void announce(Quotas quotas) {
    log.info("{}", inWords(quotas, Runtime.getRuntime().maxMemory() / MEBIBYTE));
  }

  static String inWords(Quotas quotas, long heapMegabytes) {
    return "With a heap of "
        + heapMegabytes
        + " MB, "
        + (quotas.runningConversations() == 0
            ? "any number of"
            : number(quotas.runningConversations()))
        + " conversations may run at once, and those in memory may take "
        + (quotas.keptMegabytes() == 0 ? "all of it" : number(quotas.keptMegabytes()) + " MB");
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
