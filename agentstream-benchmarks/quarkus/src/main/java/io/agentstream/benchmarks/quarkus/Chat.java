package io.agentstream.benchmarks.quarkus;

import dev.langchain4j.service.UserMessage;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.smallrye.mutiny.Multi;

/** The model, as quarkus-langchain4j offers it. */
@RegisterAiService(
    chatMemoryProviderSupplier = RegisterAiService.NoChatMemoryProviderSupplier.class)
public interface Chat {
  Multi<String> answer(@UserMessage String topic);
}
