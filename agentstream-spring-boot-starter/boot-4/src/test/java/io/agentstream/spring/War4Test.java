package io.agentstream.spring;

class War4Test extends WarTest {}
