/** Answers DNS queries of those who are at the access point. */
#ifndef MICROSERVER_DNS_SERVER_H
#define MICROSERVER_DNS_SERVER_H

#include <stdbool.h>
#include <stdint.h>

/** Starts a task that gives every name this address (IPv4, in network order). */
bool dns_server_start(const uint8_t address[4]);

#endif
