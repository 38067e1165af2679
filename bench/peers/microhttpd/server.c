/** GNU libmicrohttpd, one thread with epoll. */

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"
#include "site.h"

enum { CONTENT_MAX = 16384, EVENT_ROOM = 128 };

/** The content of a request, as it comes. */
struct content {
  size_t size;
  char bytes[CONTENT_MAX];
};

/** The state of a request without content. */
static char without_content;

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status,
                             struct MHD_Response *response) {
  enum MHD_Result result = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return result;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct site_answer answer) {
  struct MHD_Response *response = MHD_create_response_from_buffer(
      strlen(answer.content), answer.content, MHD_RESPMEM_MUST_FREE);
  for (size_t i = 0; i < answer.fields_count; i++)
    MHD_add_response_header(response, answer.fields[i].name, answer.fields[i].value);
  return queue(connection, answer.status, response);
}

static enum MHD_Result send_file(struct MHD_Connection *connection, const char *name) {
  size_t size;
  int fd = site_open_file(name, &size);
  if (fd < 0) return MHD_NO;
  struct MHD_Response *response = MHD_create_response_from_fd(size, fd);
  MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
  return queue(connection, MHD_HTTP_OK, response);
}

/** Writes the next event; each becomes a chunk of its own. */
static ssize_t write_event(void *context, uint64_t position, char *buffer, size_t room) {
  (void)context;
  (void)room;
  size_t size = strlen(site_event);
  if (position == SITE_EVENTS * size) return MHD_CONTENT_READER_END_OF_STREAM;
  memcpy(buffer, site_event, size);
  return (ssize_t)size;
}

static enum MHD_Result send_events(struct MHD_Connection *connection) {
  struct MHD_Response *response =
      MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, EVENT_ROOM, write_event, NULL, NULL);
  MHD_add_response_header(response, "Content-Type", "text/event-stream");
  return queue(connection, MHD_HTTP_OK, response);
}

static const char *field(struct MHD_Connection *connection, const char *name) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result answer(struct MHD_Connection *connection, const char *path,
                              const char *method, const struct content *content) {
  if (strcmp(path, "/json") == 0) return send_answer(connection, site_hello());
  if (strcmp(path, "/readings") == 0)
    return send_answer(connection, site_readings(content->bytes, content->size));
  if (strncmp(path, "/static/", 8) == 0) return send_file(connection, path + 8);
  if (strcmp(path, "/events") == 0) return send_events(connection);
  struct site_request request = {.method = method,
                                 .path = path,
                                 .origin = field(connection, "Origin"),
                                 .authorization = field(connection, "Authorization")};
  return send_answer(connection, site_api(&request));
}

/** Is called for the head, then for each part of the content, then for the end. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state) {
  (void)context;
  (void)version;
  if (*state == NULL) {
    bool has_content = strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0;
    *state = has_content ? calloc(1, sizeof(struct content)) : (void *)&without_content;
    return *state != NULL ? MHD_YES : MHD_NO;
  }
  if (*state == &without_content) return answer(connection, path, method, NULL);
  struct content *content = *state;
  if (*size == 0) return answer(connection, path, method, content);
  if (*size > sizeof content->bytes - content->size) return MHD_NO;
  memcpy(content->bytes + content->size, data, *size);
  content->size += *size;
  *size = 0;
  return MHD_YES;
}

static void complete(void *context, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code) {
  (void)context;
  (void)connection;
  (void)code;
  if (*state != &without_content) free(*state);
}

int main(int count, char **arguments) {
  arguments_read(count, arguments, MHD_get_version());
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(arguments_port())};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct MHD_Daemon *daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle, NULL, MHD_OPTION_SOCK_ADDR,
      (struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED, complete, NULL, MHD_OPTION_END);
  if (daemon == NULL) {
    fputs("microhttpd: cannot listen\n", stderr);
    return EXIT_FAILURE;
  }
  for (;;)
    pause();
}
