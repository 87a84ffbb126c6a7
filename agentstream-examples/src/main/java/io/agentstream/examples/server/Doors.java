package io.agentstream.examples.server;

import io.agentstream.examples.config.FormatsSpec;
import io.agentstream.http.AgentstreamHttp;
import io.agentstream.http.door.HttpDoor;
import io.agentstream.http.door.HttpFront;
import io.agentstream.http.openai.OpenAiDoor;
import io.agentstream.http.openai.OpenAiSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The doors over HTTP that the configuration wants. */
final class Doors {

  private static final String OPENAI = "/v1/*";
  private static final String AG_UI = "/agui/*";

  private Doors() {}

  /** Returns them by their servlet mappings. */
  static Map<String, HttpDoor> of(HttpFront front, FormatsSpec formats) {
    Map<String, HttpDoor> doors = new LinkedHashMap<>(AgentstreamHttp.doors(front));
    if (!formats.openAi()) {
      doors.remove(OPENAI);
    } else if (!formats.speakerNames()) {
      doors.put(OPENAI, new OpenAiDoor(front, OpenAiSettings.defaults().withSpeakerNames(false)));
    }
    if (!formats.agUi()) {
      doors.remove(AG_UI);
    }
    return doors;
  }
}
