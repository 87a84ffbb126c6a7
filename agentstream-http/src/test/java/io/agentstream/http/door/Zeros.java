package io.agentstream.http.door;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.util.Arrays;

/** A body of zeros, of which a part has come. */
final class Zeros extends ServletInputStream {

  private int come;
  private int ahead;
  private ReadListener listener;

  Zeros(int length, int come) {
    this.come = come;
    this.ahead = length - come;
  }

  /** Lets more bytes come, and the body end after its last one. */
  void come(int bytes) throws Exception {
    come += bytes;
    ahead -= bytes;
    listener.onDataAvailable();
    if (isFinished()) {
      listener.onAllDataRead();
    }
  }

  @Override
  public boolean isFinished() {
    return come == 0 && ahead == 0;
  }

  @Override
  public boolean isReady() {
    return come > 0;
  }

  @Override
  public void setReadListener(ReadListener reader) {
    listener = reader;
  }

  @Override
  public int read() {
    return read(new byte[1], 0, 1) < 0 ? -1 : 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (come == 0) {
      return -1;
    }
    int count = Math.min(length, come);
    Arrays.fill(into, offset, offset + count, (byte) 0);
    come -= count;
    return count;
  }
}
