/**
 * The DNS of a captive portal (RFC 1035): every name has one address, so that every page that a
 * phone tries leads to the setup page.
 */
#ifndef MICROSERVER_DNS_ANSWER_H
#define MICROSERVER_DNS_ANSWER_H

#include <stddef.h>
#include <stdint.h>

/** Longest answer: header, the longest question, one record. */
enum { DNS_ANSWER_MAX = 12 + 255 + 4 + 16 };

/**
 * Answers one datagram. A for any name is the address; other types have no records; other
 * operations are not implemented.
 * @param address IPv4, in network order
 * @param answer DNS_ANSWER_MAX bytes
 * @return length of the answer; 0 where there is none: the datagram is no well-formed query
 */
size_t dns_answer(const uint8_t *query, size_t length, const uint8_t address[4], uint8_t *answer);

#endif
