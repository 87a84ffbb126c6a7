package io.agentstream.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file of an H2 database at {@code jdbc:h2:recorded:…}. Records its writes, and with each what
 * had been confirmed before it, so that a test can go back to every moment at which the process
 * might have been killed.
 */
public final class RecordedFile extends FilePathWrapper {

  private static final List<Write> WRITES = new ArrayList<>();
  private static volatile Supplier<Map<String, Long>> confirmed = Map::of;

  /**
   * One change of the file.
   *
   * @param bytes empty where the file was cut at {@code position}
   * @param confirmed what had been confirmed when it began
   */
  record Write(long position, ByteBuffer bytes, Map<String, Long> confirmed) {

    void to(FileChannel file) throws IOException {
      if (!bytes.hasRemaining()) {
        file.truncate(position);
      } else {
        file.write(bytes.duplicate(), position);
      }
    }
  }

  /** Makes the scheme known to H2, and begins to record. */
  static void record(Supplier<Map<String, Long>> whatIsConfirmed) {
    FilePath.register(new RecordedFile());
    confirmed = whatIsConfirmed;
    synchronized (WRITES) {
      WRITES.clear();
    }
  }

  /** Returns what was recorded, in its order. */
  static List<Write> writes() {
    synchronized (WRITES) {
      return List.copyOf(WRITES);
    }
  }

  @Override
  public String getScheme() {
    return "recorded";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Recording(super.open(mode));
  }

  private static final class Recording extends WatchedFile {

    Recording(FileChannel file) {
      super(file);
    }

    @Override
    public synchronized int write(ByteBuffer source, long position) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(source.remaining()).put(source.duplicate()).flip();
      synchronized (WRITES) {
        WRITES.add(new Write(position, bytes, confirmed.get()));
        return file.write(source, position);
      }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      synchronized (WRITES) {
        WRITES.add(new Write(size, ByteBuffer.allocate(0), confirmed.get()));
        file.truncate(size);
      }
      return this;
    }
  }
}
