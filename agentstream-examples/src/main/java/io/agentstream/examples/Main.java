package io.agentstream.examples;

import io.agentstream.examples.backup.BackupCommand;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.Options;
import io.agentstream.examples.server.MemoryExhausted;
import io.agentstream.examples.server.ServerCommand;
import io.agentstream.examples.terminal.ChatCommand;
import io.agentstream.examples.terminal.CheckCommand;
import io.agentstream.examples.terminal.ValidateCommand;
import java.util.List;

/**
 * Starts the reference server. If a setting is wrong, it prints one line about it and exits with 2
 * before it listens. With {@code chat} as first argument it runs one conversation in the terminal
 * instead; with {@code check} it checks the models; with {@code validate} a team file; with {@code
 * backup} it asks a running server for a backup.
 */
public final class Main {

  private static final int WRONG_SETTINGS = 2;

  private Main() {}

  /** See {@link Options#USAGE}. */
  public static void main(String[] args) {
    JdkSettings.apply();
    MemoryExhausted.endsTheProcess();
    try {
      if (args.length > 0 && args[0].equals("chat")) {
        System.exit(ChatCommand.run(List.of(args).subList(1, args.length)));
      }
      if (args.length > 0 && args[0].equals("check")) {
        System.exit(CheckCommand.run(List.of(args).subList(1, args.length)));
      }
      if (args.length > 0 && args[0].equals("backup")) {
        System.exit(BackupCommand.run(List.of(args).subList(1, args.length)));
      }
      if (args.length > 0 && args[0].equals("validate")) {
        System.exit(ValidateCommand.run(List.of(args).subList(1, args.length)));
      }
      ServerCommand.run(args);
    } catch (ConfigException e) {
      System.err.println("agentstream: " + e.reason());
      System.exit(WRONG_SETTINGS);
    }
  }
}
