package io.agentstream.spring;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A subclass does not inherit the condition. */
@EnabledIfSystemProperty(named = "agentstream.stress", matches = "[1-9]\\d*")
class Devtools4Test extends DevtoolsTest {}
