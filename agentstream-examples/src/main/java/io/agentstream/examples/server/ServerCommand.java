package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.Options;

/**
 * Runs the reference server. It prints one line to standard output when it is ready, and logs to
 * standard error.
 */
public final class ServerCommand {

  private ServerCommand() {}

  /**
   * Starts the server, and returns while it runs.
   *
   * @param args see {@link Options#USAGE}
   * @throws ConfigException if a setting is wrong; then the server has not listened
   */
  public static void run(String[] args) throws ConfigException {
    Options options = Options.parse(args);
    if (options.help()) {
      System.out.println(Options.USAGE);
      return;
    }
    Startup startup = Startup.of(options, System.getenv());
    Logging.use(startup.config().observation().log());
    ReferenceServer server = startup.start();
    OrderlyExit.onSignal(server);
    server.announceStore();
    Capacity.announce(startup.config().quotas());
    System.out.println("agentstream listening on " + server.url());
    server.publishMetrics();
  }
}
