package io.agentstream.spring;

class Devtools4Test extends DevtoolsTest {}
