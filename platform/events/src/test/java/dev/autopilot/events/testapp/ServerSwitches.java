package dev.autopilot.events.testapp;

/** Takes a server away and brings it back, with its data. */
public interface ServerSwitches {
  void kafkaOn();

  void kafkaOff();

  void postgresOn();

  void postgresOff();
}
