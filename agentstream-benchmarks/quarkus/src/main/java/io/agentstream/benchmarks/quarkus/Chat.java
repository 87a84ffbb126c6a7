package io.agentstream.benchmarks.quarkus;

import dev.langchain4j.service.UserMessage;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.smallrye.mutiny.Multi;

/** The model, as provided by quarkus-langchain4j. */
@RegisterAiService(
    chatMemoryProviderSupplier = RegisterAiService.NoChatMemoryProviderSupplier.class)
public interface Chat {
  Multi<String> answer(@UserMessage String topic);
}
