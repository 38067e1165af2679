/** What the firmware tells the setup app. */
#ifndef MICROSERVER_SETUP_NOTE_H
#define MICROSERVER_SETUP_NOTE_H

#include <stddef.h>

/** Keeps a text of `length` bytes under a key of NETWORK_STORAGE, as far as there is room. */
void setup_note(const char *key, const char *text, size_t length);

#endif
