/** The restart that an app asks for: it finishes first, then starts anew. */
#ifndef MICROSERVER_RESTART_H
#define MICROSERVER_RESTART_H

struct server;

/** Stops accepting, and tells the app to finish, within bounds. */
void restart_begin(struct server *server);

/** Resets what connections are left, and the hardware, and starts the app anew. */
void restart_finish(struct server *server);

#endif
