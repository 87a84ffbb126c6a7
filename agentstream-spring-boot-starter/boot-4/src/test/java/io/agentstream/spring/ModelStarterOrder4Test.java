package io.agentstream.spring;

class ModelStarterOrder4Test extends ModelStarterOrderTest {}
