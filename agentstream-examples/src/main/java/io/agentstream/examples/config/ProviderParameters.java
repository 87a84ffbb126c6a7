package io.agentstream.examples.config;

import java.util.Map;

/** Checks the parameters for a provider's own protocol. */
final class ProviderParameters {

  private ProviderParameters() {}

  static Map<String, Object> checked(Section section, Provider provider) throws ConfigException {
    Map<String, Object> parameters = section.values("parameters");
    String known = provider.thinkingSwitch();
    if (known == null) {
      return parameters;
    }
    for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
      if (!parameter.getKey().equals(known) || !(parameter.getValue() instanceof Boolean)) {
        throw section.wrong(
            "parameters." + parameter.getKey(),
            "the provider " + provider.key() + " takes '" + known + "', true or false, alone");
      }
    }
    return parameters;
  }
}
