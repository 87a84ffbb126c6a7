package io.agentstream.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads an operator's text file. A pipe, a device or an endless file is refused; reading neither
 * waits nor grows.
 */
public final class TextFile {

  private TextFile() {}

  /** Says why a file cannot be read as text. Its message quotes nothing of the file. */
  public static final class UnreadableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    UnreadableFileException(int line, String reason) {
      super(reason);
      this.line = line;
    }

    /** Returns the line of the mistake, from 1; 0 if the file could not be opened. */
    public int line() {
      return line;
    }
  }

  /**
   * Returns the text of a file in UTF-8.
   *
   * @param mostBytes a larger file is refused
   * @throws UnreadableFileException if it is no regular file, is too large, or holds other bytes
   */
  public static String read(Path path, int mostBytes) throws UnreadableFileException {
    byte[] bytes = bytes(path, mostBytes + 1);
    if (bytes.length > mostBytes) {
      throw new UnreadableFileException(1, "must have at most " + mostBytes + " bytes");
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      throw new UnreadableFileException(1, "is UTF-16 text; save it as UTF-8");
    }
    return decode(bytes);
  }

  private static byte[] bytes(Path path, int most) throws UnreadableFileException {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.isDirectory()) {
        throw new UnreadableFileException(0, "is a directory; name a file in it");
      }
      if (!file.isRegularFile()) {
        throw new UnreadableFileException(
            0, "is a pipe or a device; write the text into a file, and name that");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return in.readNBytes(most);
      }
    } catch (NoSuchFileException e) {
      throw new UnreadableFileException(0, "there is no such file");
    } catch (AccessDeniedException e) {
      throw new UnreadableFileException(
          0, "may not be read; give the user of this program the right to read it");
    } catch (FileSystemException e) {
      // JDK 17 says something else of a path that leads through a file.
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnreadableFileException(0, "there is no such file");
      }
      throw new UnreadableFileException(0, "cannot be read: " + e.getReason());
    } catch (IOException e) {
      throw new UnreadableFileException(0, "cannot be read: the file system reports an error");
    }
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  private static String decode(byte[] bytes) throws UnreadableFileException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    int zero = text.indexOf('\0');
    if (result.isError()) {
      throw new UnreadableFileException(
          line(bytes, in.position()), "holds bytes that are no UTF-8; save it as UTF-8");
    }
    if (zero >= 0) {
      throw new UnreadableFileException(
          lineOf(text, zero), "holds a zero byte, so it is no text or UTF-16; save it as UTF-8");
    }
    return text;
  }

  private static int line(byte[] bytes, int end) {
    int line = 1;
    for (int i = 0; i < end; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static int lineOf(String text, int end) {
    return 1 + (int) text.substring(0, end).chars().filter(each -> each == '\n').count();
  }
}
