#include "site.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arguments.h"
#include "routes.h"

static const char token[] = "Bearer 0123456789abcdef";
static const char *const origins[] = {"https://panel.example", "https://a.example"};

const char site_event[] = "data: {\"message\": \"Hello\"}\n\n";

static void add_field(struct site_answer *answer, const char *name, const char *value) {
  answer->fields[answer->fields_count++] = (struct site_field){name, value};
}

static struct site_answer json_answer(unsigned status, cJSON *value) {
  struct site_answer answer = {.status = status, .content = cJSON_PrintUnformatted(value)};
  cJSON_Delete(value);
  add_field(&answer, "Content-Type", "application/json");
  return answer;
}

static struct site_answer refusal(unsigned status, const char *reason) {
  cJSON *value = cJSON_CreateObject();
  cJSON_AddStringToObject(value, "error", reason);
  return json_answer(status, value);
}

struct site_answer site_hello(void) {
  cJSON *value = cJSON_CreateObject();
  cJSON_AddStringToObject(value, "message", "Hello");
  return json_answer(200, value);
}

static bool is_reading(const cJSON *reading) {
  return cJSON_IsString(cJSON_GetObjectItemCaseSensitive(reading, "sensor")) &&
         cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(reading, "celsius")) &&
         cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(reading, "humidity")) &&
         cJSON_IsNumber(cJSON_GetObjectItemCaseSensitive(reading, "at")) &&
         cJSON_IsBool(cJSON_GetObjectItemCaseSensitive(reading, "valid"));
}

struct site_answer site_readings(const char *content, size_t size) {
  cJSON *batch = cJSON_ParseWithLength(content, size);
  const cJSON *device = cJSON_GetObjectItemCaseSensitive(batch, "device");
  const cJSON *readings = cJSON_GetObjectItemCaseSensitive(batch, "readings");
  const cJSON *reading;
  double warmest = 0;
  bool is_valid = cJSON_IsString(device) && cJSON_IsArray(readings);
  cJSON_ArrayForEach(reading, readings) {
    is_valid = is_valid && is_reading(reading);
    const cJSON *celsius = cJSON_GetObjectItemCaseSensitive(reading, "celsius");
    if (is_valid && celsius->valuedouble > warmest) warmest = celsius->valuedouble;
  }
  struct site_answer answer;
  if (is_valid) {
    cJSON *summary = cJSON_CreateObject();
    cJSON_AddStringToObject(summary, "device", device->valuestring);
    cJSON_AddNumberToObject(summary, "readings", cJSON_GetArraySize(readings));
    cJSON_AddNumberToObject(summary, "warmest", warmest);
    answer = json_answer(200, summary);
  } else {
    answer = refusal(400, "no batch of readings");
  }
  cJSON_Delete(batch);
  return answer;
}

static void add_security(struct site_answer *answer) {
  add_field(answer, "X-Content-Type-Options", "nosniff");
  add_field(answer, "X-Frame-Options", "SAMEORIGIN");
  add_field(answer, "Referrer-Policy", "no-referrer");
}

static void add_cors(struct site_answer *answer, const char *origin) {
  add_field(answer, "Vary", "Origin");
  for (size_t i = 0; origin != NULL && i < sizeof origins / sizeof *origins; i++)
    if (strcmp(origins[i], origin) == 0)
      add_field(answer, "Access-Control-Allow-Origin", origins[i]);
}

static struct site_answer sensor(long id) {
  cJSON *value = cJSON_CreateObject();
  cJSON_AddNumberToObject(value, "id", (double)id);
  cJSON_AddStringToObject(value, "name", "roof");
  cJSON_AddNumberToObject(value, "celsius", 21.5);
  return json_answer(200, value);
}

struct site_answer site_sensor(const struct site_request *request, long id) {
  bool is_known = request->authorization != NULL && strcmp(request->authorization, token) == 0;
  struct site_answer answer = is_known ? sensor(id) : refusal(401, "Unauthorized");
  if (!is_known) add_field(&answer, "WWW-Authenticate", "Bearer");
  add_cors(&answer, request->origin);
  add_security(&answer);
  return answer;
}

struct site_answer site_api(const struct site_request *request) {
  long id;
  if (routes_find(request->method, request->path, &id) == NULL) return refusal(404, "Not Found");
  return site_sensor(request, id);
}

int site_open_file(const char *name, size_t *size) {
  struct stat status;
  if (name[0] == '.' || strchr(name, '/') != NULL) return -1;
  int folder = open(arguments_folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
  close(folder);
  if (fd < 0) return -1;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(fd);
    return -1;
  }
  *size = (size_t)status.st_size;
  return fd;
}
