package io.agentstream.http;

class Tomcat10VanishingClientsTest extends TomcatVanishingClientsTest {}
