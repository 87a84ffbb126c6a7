package io.agentstream.tests.backplane;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.InMemoryDirectory;
import io.agentstream.test.DirectoryContract;

class InMemoryDirectoryTest extends DirectoryContract {

  private final Directory directory = new InMemoryDirectory();

  @Override
  protected Directory directory() {
    return directory;
  }
}
