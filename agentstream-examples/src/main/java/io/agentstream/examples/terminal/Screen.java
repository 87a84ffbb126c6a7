package io.agentstream.examples.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints the program's own text. Text of models and people passes through a {@link Paragraph} or
 * {@link Harmless}, so that it cannot control the terminal. Thread-safe.
 */
final class Screen {

  private static final String DIM = "2";
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final TerminalSize size;
  private final boolean coloured;

  /**
   * @param size unknown if the output is not a terminal
   */
  Screen(PrintStream out, TerminalSize size, boolean coloured) {
    this.out = out;
    this.size = size;
    this.coloured = coloured;
  }

  /** Returns standard output. Colours are used only on terminals, and not if NO_COLOR is set. */
  static Screen ofProcess(boolean wantsColour) {
    boolean terminal = isTerminal(System.console());
    String noColour = System.getenv("NO_COLOR");
    boolean coloured = wantsColour && terminal && (noColour == null || noColour.isEmpty());
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    return new Screen(out, terminal ? TerminalSize.ofTerminal() : TerminalSize.UNKNOWN, coloured);
  }

  TerminalSize size() {
    return size;
  }

  /** Prints the program's own text. */
  synchronized void print(String trusted) {
    out.print(trusted);
    out.flush();
  }

  String dim(String text) {
    return coloured(DIM, text);
  }

  /**
   * Colours a text, if colours are used.
   *
   * @param code of an SGR escape sequence
   */
  String coloured(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + RESET : text;
  }

  /** Since Java 22 there can be a console without a terminal, and it says so. */
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
