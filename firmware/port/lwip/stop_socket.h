/** What a signal says, as a socket of lwIP: the chip has eventfd for that. */
#ifndef MICROSERVER_STOP_SOCKET_H
#define MICROSERVER_STOP_SOCKET_H

/**
 * Opens a socket that becomes readable when a byte comes through a pipe.
 * @return the socket, or -1
 */
int stop_socket_open(int pipe_end);

#endif
