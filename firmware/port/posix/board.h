/**
 * The simulated board: pins that remember what they are told, and sensors whose values drift with
 * the time since the start. Each change of an output is a line of the log.
 */
#ifndef MICROSERVER_BOARD_H
#define MICROSERVER_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Pins 0 to that minus 1. */
#define BOARD_PINS 49

/** Stands for "no value is set" in struct board: below every value and every error. */
#define BOARD_UNSET INT32_MIN

struct board_pin {
  /** One of enum abi_pin_mode. */
  int32_t mode;
  /** What the app has set, of an output. */
  int32_t level;
  /** What is connected to it: 0, 1, or BOARD_UNSET for nothing. */
  int32_t input;
  /** Voltage at it in mV; BOARD_UNSET for one that drifts. */
  int32_t millivolts;
  /** Pulses in Hz, 0 where there are none, and their share of 65535 in which the pin is high. */
  int32_t frequency;
  int32_t duty;
  /** Which changes of its level are told, one of enum abi_edge. */
  int32_t edges;
  /** Apps may not use it. */
  bool denied;
};

struct board {
  struct board_pin pins[BOARD_PINS];
  /** In m°C; BOARD_UNSET for one that drifts. */
  int32_t temperature;
  /** In bytes. */
  int32_t free_heap;
  int32_t largest_block;
  /** 0, or one of enum abi_storage_error that answers every call on storage. */
  int32_t storage;
};

extern struct board board;

/** Switches the board on: nothing is connected, and its time begins. */
void board_start(void);

/** Connects something to a pin that is low (0) or high (1). */
void board_connect(int32_t pin, int32_t level);

#endif
