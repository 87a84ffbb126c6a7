package io.agentstream.spring;

class Observation4Test extends ObservationTest {}
