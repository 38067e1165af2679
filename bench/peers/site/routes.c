#include "routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct route routes[ROUTES_MAX];
static size_t count;

void routes_read(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    exit(EXIT_FAILURE);
  }
  while (count < ROUTES_MAX &&
         fscanf(file, "%7s %79s", routes[count].method, routes[count].pattern) == 2)
    count++;
  fclose(file);
}

size_t routes_count(void) {
  return count;
}

const struct route *routes_get(size_t index) {
  return &routes[index];
}

static bool matches(const char *pattern, const char *path, long *id) {
  while (*pattern != '\0' && *path != '\0') {
    if (*pattern == '<') {
      size_t size = strcspn(path, "/");
      if (size == 0) return false;
      *id = strtol(path, NULL, 10);
      path += size;
      pattern += strcspn(pattern, "/");
    } else if (*pattern++ != *path++) {
      return false;
    }
  }
  return *pattern == *path;
}

const struct route *routes_find(const char *method, const char *path, long *id) {
  for (size_t i = 0; i < count; i++) {
    *id = 0;
    if (strcmp(routes[i].method, method) == 0 && matches(routes[i].pattern, path, id))
      return &routes[i];
  }
  return NULL;
}
