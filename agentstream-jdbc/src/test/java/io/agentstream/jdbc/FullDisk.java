package io.agentstream.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for the file of an H2 database at {@code jdbc:h2:full:…}, which a test can fill. When it
 * is full, the file cannot grow: of a write past its end only the part that fits is written.
 */
public final class FullDisk extends FilePathWrapper {

  private static volatile boolean full;

  /** Makes the scheme known to H2. The disk has room. */
  static void mount() {
    FilePath.register(new FullDisk());
    full = false;
  }

  static void fill() {
    full = true;
  }

  static void makeRoom() {
    full = false;
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new OnDisk(super.open(mode));
  }

  private static final class OnDisk extends WatchedFile {

    OnDisk(FileChannel file) {
      super(file);
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
      long fits = file.size() - position;
      if (!full || source.remaining() <= fits) {
        return file.write(source, position);
      }
      if (fits > 0) {
        ByteBuffer part = source.duplicate();
        part.limit(part.position() + (int) fits);
        file.write(part, position);
      }
      throw new IOException("No space left on device");
    }
  }
}
