#include "wifi_scan.h"

#include <esp_log.h>
#include <esp_wifi.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "setup_note.h"

enum { NETWORKS_MAX = 16, LINE_MAX_BYTES = 42, TEXT_MAX = NETWORKS_MAX * LINE_MAX_BYTES };

/** Signal in dBm from which on there is a bar more. */
enum { BARS_2 = -80, BARS_3 = -70, BARS_4 = -60 };

static const char tag[] = "wifi";

static int bars_of(int8_t rssi) {
  return 1 + (rssi >= BARS_2) + (rssi >= BARS_3) + (rssi >= BARS_4);
}

/** Whether a name can be shown on a line, and is not hidden. */
static bool is_shown(const char *ssid) {
  for (const char *c = ssid; *c != '\0'; c++) {
    if ((unsigned char)*c < ' ') return false;
  }
  return ssid[0] != '\0';
}

/** A network has a record for each of its access points; the strongest comes first. */
static bool is_repeated(const wifi_ap_record_t *records, uint16_t index) {
  for (uint16_t i = 0; i < index; i++) {
    if (strcmp((const char *)records[i].ssid, (const char *)records[index].ssid) == 0) return true;
  }
  return false;
}

static size_t write_lines(const wifi_ap_record_t *records, uint16_t count, char *text) {
  size_t length = 0;
  for (uint16_t i = 0; i < count; i++) {
    const char *ssid = (const char *)records[i].ssid;
    if (!is_shown(ssid) || is_repeated(records, i)) continue;
    const char *kind = records[i].authmode == WIFI_AUTH_OPEN ? "open" : "lock";
    length += (size_t)snprintf(text + length, TEXT_MAX + 1 - length, "%d %s %s\n",
                               bars_of(records[i].rssi), kind, ssid);
  }
  return length;
}

void wifi_scan_keep(void) {
  wifi_ap_record_t *records = calloc(NETWORKS_MAX, sizeof *records);
  char *text = malloc(TEXT_MAX + 1);
  uint16_t count = NETWORKS_MAX;
  if (records != NULL && text != NULL && esp_wifi_scan_start(NULL, true) == ESP_OK &&
      esp_wifi_scan_get_ap_records(&count, records) == ESP_OK) {
    ESP_LOGI(tag, "%u networks around", count);
    setup_note("scan", text, write_lines(records, count, text));
  }
  free(records);
  free(text);
}
