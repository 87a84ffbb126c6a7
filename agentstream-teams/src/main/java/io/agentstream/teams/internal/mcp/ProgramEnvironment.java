package io.agentstream.teams.internal.mcp;

import java.util.Locale;
import java.util.Set;

/**
 * The variables of our process that a program gets: those that tell where its user's files and
 * programs are, in which language and time zone. All others may hold a key, and a tool may say what
 * it finds. The names are those of MCP's own SDKs, and of the locale, the time zone and the folder
 * for temporary files.
 */
final class ProgramEnvironment {

  private static final String LOCALE = "LC_";

  private static final Set<String> INHERITED =
      Set.of(
          // Unix
          "HOME",
          "LANG",
          "LANGUAGE",
          "LOGNAME",
          "PATH",
          "SHELL",
          "TERM",
          "TMPDIR",
          "TZ",
          "USER",
          // Windows
          "APPDATA",
          "COMSPEC",
          "HOMEDRIVE",
          "HOMEPATH",
          "LOCALAPPDATA",
          "PATHEXT",
          "PROCESSOR_ARCHITECTURE",
          "PROGRAMFILES",
          "SYSTEMDRIVE",
          "SYSTEMROOT",
          "TEMP",
          "TMP",
          "USERNAME",
          "USERPROFILE");

  private ProgramEnvironment() {}

  /** Removes from what a program would inherit all that may hold a secret. */
  static void limit(ProcessBuilder program) {
    program.environment().keySet().removeIf(name -> !isInherited(name));
  }

  static boolean isInherited(String name) {
    // Windows does not distinguish the case.
    String upper = name.toUpperCase(Locale.ROOT);
    return INHERITED.contains(upper) || upper.startsWith(LOCALE);
  }
}
