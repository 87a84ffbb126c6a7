package io.agentstream.teams.internal.mcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A link that is being opened, on a thread of its own. Thread-safe. */
final class McpOpening {

  private final McpSettings settings;
  private final SharedClient clients;
  private final ExecutorService threads;
  private final Runnable onChange;

  // Guarded by this.
  private @Nullable LinkTransport transport;
  private boolean aborted;

  /** As {@link McpLink#open}. */
  McpOpening(
      McpSettings settings, SharedClient clients, ExecutorService threads, Runnable onChange) {
    this.settings = settings;
    this.clients = clients;
    this.threads = threads;
    this.onChange = onChange;
  }

  /** Begins; the stage fails if the server cannot be reached. */
  CompletableFuture<McpLink> begin() {
    return CompletableFuture.supplyAsync(this::open, threads);
  }

  private McpLink open() {
    return McpLink.open(settings, threads, onChange, transport());
  }

  private synchronized LinkTransport transport() {
    if (aborted) {
      throw new IllegalStateException("The server is closed");
    }
    LinkTransport created =
        settings.url() == null
            ? new StdioTransport(settings, threads)
            : new HttpTransport(settings, clients, threads, onChange);
    transport = created;
    return created;
  }

  /** Gives up: a program ends, and a session that a URL opens later is ended there too. */
  synchronized void abort() {
    aborted = true;
    if (transport != null) {
      transport.abort();
    }
  }
}
