/** evhttp of libevent, one thread. */

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "site.h"

static void add_field(struct evhttp_request *request, const char *name, const char *value) {
  evhttp_add_header(evhttp_request_get_output_headers(request), name, value);
}

static void free_content(const void *content, size_t size, void *context) {
  (void)size;
  (void)context;
  free((void *)(uintptr_t)content);
}

static void send_answer(struct evhttp_request *request, struct site_answer answer) {
  struct evbuffer *content = evbuffer_new();
  evbuffer_add_reference(content, answer.content, strlen(answer.content), free_content, NULL);
  for (size_t i = 0; i < answer.fields_count; i++)
    add_field(request, answer.fields[i].name, answer.fields[i].value);
  evhttp_send_reply(request, (int)answer.status, NULL, content);
  evbuffer_free(content);
}

static void hello(struct evhttp_request *request, void *context) {
  (void)context;
  send_answer(request, site_hello());
}

static void readings(struct evhttp_request *request, void *context) {
  (void)context;
  struct evbuffer *content = evhttp_request_get_input_buffer(request);
  size_t size = evbuffer_get_length(content);
  send_answer(request, site_readings((const char *)evbuffer_pullup(content, -1), size));
}

static void send_file(struct evhttp_request *request, const char *name) {
  size_t size;
  int fd = site_open_file(name, &size);
  if (fd < 0) {
    evhttp_send_error(request, HTTP_NOTFOUND, NULL);
    return;
  }
  struct evbuffer *content = evbuffer_new();
  evbuffer_add_file(content, fd, 0, (ev_off_t)size);
  add_field(request, "Content-Type", "text/html; charset=utf-8");
  evhttp_send_reply(request, HTTP_OK, NULL, content);
  evbuffer_free(content);
}

/** How many events a stream has sent. */
struct stream {
  struct evhttp_request *request;
  int sent;
};

/** Sends the next event once the last is written, so that a slow client is waited for. */
static void send_event(struct evhttp_connection *connection, void *context) {
  (void)connection;
  struct stream *stream = context;
  if (stream->sent++ == SITE_EVENTS) {
    evhttp_send_reply_end(stream->request);
    free(stream);
    return;
  }
  struct evbuffer *chunk = evbuffer_new();
  evbuffer_add(chunk, site_event, strlen(site_event));
  evhttp_send_reply_chunk_with_cb(stream->request, chunk, send_event, stream);
  evbuffer_free(chunk);
}

static void events(struct evhttp_request *request, void *context) {
  (void)context;
  struct stream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) {
    evhttp_send_error(request, HTTP_SERVUNAVAIL, NULL);
    return;
  }
  stream->request = request;
  add_field(request, "Content-Type", "text/event-stream");
  evhttp_send_reply_start(request, HTTP_OK, NULL);
  send_event(evhttp_request_get_connection(request), stream);
}

static const char *method_of(const struct evhttp_request *request) {
  switch (evhttp_request_get_command(request)) {
  case EVHTTP_REQ_GET:
    return "GET";
  case EVHTTP_REQ_POST:
    return "POST";
  case EVHTTP_REQ_PUT:
    return "PUT";
  case EVHTTP_REQ_DELETE:
    return "DELETE";
  default:
    return "";
  }
}

static void others(struct evhttp_request *request, void *context) {
  (void)context;
  const char *path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
  if (strncmp(path, "/static/", 8) == 0) {
    send_file(request, path + 8);
    return;
  }
  struct evkeyvalq *fields = evhttp_request_get_input_headers(request);
  struct site_request asked = {.method = method_of(request),
                               .path = path,
                               .origin = evhttp_find_header(fields, "Origin"),
                               .authorization = evhttp_find_header(fields, "Authorization")};
  send_answer(request, site_api(&asked));
}

int main(int count, char **arguments) {
  arguments_read(count, arguments, event_get_version());
  struct event_base *base = event_base_new();
  struct evhttp *http = evhttp_new(base);
  evhttp_set_cb(http, "/json", hello, NULL);
  evhttp_set_cb(http, "/readings", readings, NULL);
  evhttp_set_cb(http, "/events", events, NULL);
  evhttp_set_gencb(http, others, NULL);
  if (evhttp_bind_socket(http, "127.0.0.1", arguments_port()) != 0) {
    fputs("evhttp: cannot listen\n", stderr);
    return EXIT_FAILURE;
  }
  event_base_dispatch(base);
  return EXIT_SUCCESS;
}
