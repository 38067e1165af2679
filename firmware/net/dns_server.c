#include "dns_server.h"

#include <esp_log.h>
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns_answer.h"

enum { PORT = 53, QUERY_MAX = 512, STACK_BYTES = 3072, PRIORITY = 4, PAUSE_MS = 1000 };

static const char tag[] = "dns";
static uint8_t every_address[4];

static int open_socket(void) {
  const struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd >= 0 && bind(fd, (const struct sockaddr *)&any, sizeof any) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

static void serve(void *argument) {
  static uint8_t query[QUERY_MAX];
  static uint8_t answer[DNS_ANSWER_MAX];
  int fd = (int)(intptr_t)argument;
  for (;;) {
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;
    ssize_t length = recvfrom(fd, query, sizeof query, 0, (struct sockaddr *)&peer, &size);
    if (length < 0) {
      vTaskDelay(pdMS_TO_TICKS(PAUSE_MS));
      continue;
    }
    size_t answered = dns_answer(query, (size_t)length, every_address, answer);
    if (answered > 0) sendto(fd, answer, answered, 0, (const struct sockaddr *)&peer, size);
  }
}

bool dns_server_start(const uint8_t address[4]) {
  memcpy(every_address, address, sizeof every_address);
  int fd = open_socket();
  if (fd >= 0 &&
      xTaskCreate(serve, "dns", STACK_BYTES, (void *)(intptr_t)fd, PRIORITY, NULL) == pdPASS) {
    return true;
  }
  ESP_LOGE(tag, "no DNS: the setup page does not open by itself");
  if (fd >= 0) close(fd);
  return false;
}
