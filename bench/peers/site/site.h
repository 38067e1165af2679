/** What the servers in C answer: the routes, middleware and JSON of the cases. */

#ifndef BENCH_SITE_H
#define BENCH_SITE_H

#include <stdbool.h>
#include <stddef.h>

enum { SITE_EVENTS = 1000, SITE_FIELDS_MAX = 8 };

/** One server-sent event. */
extern const char site_event[];

struct site_field {
  const char *name;
  const char *value;
};

/** An answer whose content is freed by who sends it. */
struct site_answer {
  unsigned status;
  char *content;
  struct site_field fields[SITE_FIELDS_MAX];
  size_t fields_count;
};

/** Fields of a request that the middleware wants to see; NULL where there is none. */
struct site_request {
  const char *method;
  const char *path;
  const char *origin;
  const char *authorization;
};

/** Answers `GET /json`. */
struct site_answer site_hello(void);

/** Answers `POST /readings` with this content. */
struct site_answer site_readings(const char *content, size_t size);

/** Answers a request to the table of routes: through the middleware to its handler, or with 404. */
struct site_answer site_api(const struct site_request *request);

/** As `site_api`, for a server that looks routes up itself: `id` is 0 where the route has none. */
struct site_answer site_sensor(const struct site_request *request, long id);

/** Opens `name` in the folder of files; -1 where it is none of its files. */
int site_open_file(const char *name, size_t *size);

#endif
