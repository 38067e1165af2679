/** CivetWeb, a thread for each connection. */

#include <civetweb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"
#include "routes.h"
#include "site.h"

enum { CONTENT_MAX = 16384, PATH_BYTES = 4096 };

static int send_answer(struct mg_connection *connection, struct site_answer answer) {
  char length[24];
  snprintf(length, sizeof length, "%zu", strlen(answer.content));
  mg_response_header_start(connection, (int)answer.status);
  for (size_t i = 0; i < answer.fields_count; i++)
    mg_response_header_add(connection, answer.fields[i].name, answer.fields[i].value, -1);
  mg_response_header_add(connection, "Content-Length", length, -1);
  mg_response_header_send(connection);
  mg_write(connection, answer.content, strlen(answer.content));
  free(answer.content);
  return (int)answer.status;
}

static int hello(struct mg_connection *connection, void *context) {
  (void)context;
  return send_answer(connection, site_hello());
}

static int readings(struct mg_connection *connection, void *context) {
  (void)context;
  char content[CONTENT_MAX];
  size_t size = 0;
  int got;
  while ((got = mg_read(connection, content + size, sizeof content - size)) > 0)
    size += (size_t)got;
  return send_answer(connection, site_readings(content, size));
}

static int file(struct mg_connection *connection, void *context) {
  (void)context;
  char path[PATH_BYTES];
  const char *name = mg_get_request_info(connection)->local_uri + strlen("/static/");
  if (name[0] == '.' || strchr(name, '/') != NULL) return 0;
  snprintf(path, sizeof path, "%s/%s", arguments_folder(), name);
  mg_send_mime_file(connection, path, "text/html; charset=utf-8");
  return 200;
}

static int events(struct mg_connection *connection, void *context) {
  (void)context;
  unsigned size = (unsigned)strlen(site_event);
  mg_send_http_ok(connection, "text/event-stream", -1);
  for (int i = 0; i < SITE_EVENTS; i++)
    if (mg_send_chunk(connection, site_event, size) < 0) return 200;
  mg_send_chunk(connection, "", 0);
  return 200;
}

static int sensor(struct mg_connection *connection, void *context) {
  (void)context;
  const struct mg_request_info *info = mg_get_request_info(connection);
  const char *number = info->local_uri + strcspn(info->local_uri, "0123456789");
  struct site_request request = {.method = info->request_method,
                                 .path = info->local_uri,
                                 .origin = mg_get_header(connection, "Origin"),
                                 .authorization = mg_get_header(connection, "Authorization")};
  return send_answer(connection, site_sensor(&request, strtol(number, NULL, 10)));
}

static int echo(struct mg_connection *connection, int bits, char *data, size_t size,
                void *context) {
  (void)context;
  int opcode = bits & 0x0f;
  if (opcode == MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE) return 0;
  return mg_websocket_write(connection, opcode, data, size) > 0;
}

/** CivetWeb's patterns: `*` takes one segment, `$` is the end. It has no methods. */
static void set_route(struct mg_context *context, const struct route *route) {
  char pattern[ROUTE_BYTES + 1];
  char *out = pattern;
  const char *in = route->pattern;
  while (*in != '\0') {
    if (*in == '<') {
      *out++ = '*';
      in += strcspn(in, "/");
    } else {
      *out++ = *in++;
    }
  }
  strcpy(out, "$");
  mg_set_request_handler(context, pattern, sensor, NULL);
}

int main(int count, char **arguments) {
  char port[32];
  arguments_read(count, arguments, mg_version());
  snprintf(port, sizeof port, "127.0.0.1:%d", arguments_port());
  const char *options[] = {"listening_ports",
                           port,
                           "enable_keep_alive",
                           "yes",
                           "tcp_nodelay",
                           "1",
                           "num_threads",
                           "16",
                           "document_root",
                           arguments_folder(),
                           NULL};
  mg_init_library(MG_FEATURES_WEBSOCKET);
  struct mg_context *context = mg_start(NULL, NULL, options);
  if (context == NULL) {
    fputs("civetweb: cannot listen\n", stderr);
    return EXIT_FAILURE;
  }
  mg_set_request_handler(context, "/json$", hello, NULL);
  mg_set_request_handler(context, "/readings$", readings, NULL);
  mg_set_request_handler(context, "/static/", file, NULL);
  mg_set_request_handler(context, "/events$", events, NULL);
  for (size_t i = 0; i < routes_count(); i++)
    set_route(context, routes_get(i));
  mg_set_websocket_handler(context, "/ws", NULL, NULL, echo, NULL, NULL);
  for (;;)
    pause();
}
