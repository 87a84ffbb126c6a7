package io.agentstream.spring;

class TomcatApplication4Test extends TomcatApplicationTest {}
