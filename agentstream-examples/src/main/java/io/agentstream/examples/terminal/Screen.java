package io.agentstream.examples.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is printed on. Text of models and people goes through {@link #text}, so that none of it can
 * steer the terminal. Safe from any thread.
 */
final class Screen {

  private static final String DIM = "2";
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final boolean terminal;
  private final boolean coloured;

  Screen(PrintStream out, boolean terminal, boolean coloured) {
    this.out = out;
    this.terminal = terminal;
    this.coloured = coloured;
  }

  /** The standard output. Colours are for terminals only, and not where NO_COLOR is set. */
  static Screen ofProcess(boolean wantsColour) {
    boolean terminal = isTerminal(System.console());
    String noColour = System.getenv("NO_COLOR");
    boolean coloured = wantsColour && terminal && (noColour == null || noColour.isEmpty());
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    return new Screen(out, terminal, coloured);
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Prints what was made here. */
  synchronized void print(String trusted) {
    out.print(trusted);
    out.flush();
  }

  /** Prints what others have written. */
  void text(String others) {
    print(harmless(others));
  }

  String dim(String text) {
    return coloured(DIM, text);
  }

  /**
   * Sets a text in a colour, where there are any.
   *
   * @param code of an SGR escape sequence
   */
  String coloured(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + RESET : text;
  }

  /** The text without what a terminal would take as a command. */
  static String harmless(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isCommand(text.charAt(i))) {
        return text.codePoints()
            .filter(c -> !isCommand(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static boolean isCommand(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }

  /** Since Java 22 there is a console without a terminal too, and it says so. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
