package io.agentstream.spring;

class AutoConfiguration4Test extends AutoConfigurationTest {}
