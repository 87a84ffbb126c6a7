package io.agentstream.benchmarks.parts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of an OpenAI-compatible model server, as read from its socket, repeatedly. */
final class ModelEvents {

  private static final String CHUNK =
      "data: {\"id\":\"chatcmpl-BVm1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
          + "\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}"
          + "\n\n";

  private final List<ByteBuffer> token;
  private final List<ByteBuffer> end;

  ModelEvents(String token) {
    this.token = bytes(CHUNK.formatted("{\"content\":\"" + token + "\"}", "null"));
    this.end = bytes(CHUNK.formatted("{}", "\"stop\"") + "data: [DONE]\n\n");
  }

  /** Returns one event with one token; valid until the next call. */
  List<ByteBuffer> token() {
    return rewound(token);
  }

  /** Returns the last two events of an answer; valid until the next call. */
  List<ByteBuffer> end() {
    return rewound(end);
  }

  private static List<ByteBuffer> rewound(List<ByteBuffer> buffers) {
    buffers.get(0).rewind();
    return buffers;
  }

  private static List<ByteBuffer> bytes(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
