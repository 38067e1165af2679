# What `idf.py` builds: the components in firmware/, and the app.

cmake_minimum_required(VERSION 3.20)

file(READ package.json package)
string(JSON PROJECT_VER GET "${package}" version)

set(APP examples/basic CACHE STRING "The app's folder")
set(WAMRC "" CACHE FILEPATH "wamrc, the compiler for MICROSERVER_AOT on ESP32 and ESP32-S3")
# main names all it needs; nothing else is built.
set(COMPONENTS main)
set(EXTRA_COMPONENT_DIRS firmware firmware/net firmware/main)

# A WAMR of one's own takes the place of the one that firmware/idf_component.yml names. Components are looked at by a
# CMake of its own first, which knows the environment only.
if(WAMR_ROOT_DIR)
  set(ENV{WAMR_ROOT_DIR} ${WAMR_ROOT_DIR})
endif()
if(DEFINED ENV{WAMR_ROOT_DIR})
  list(APPEND EXTRA_COMPONENT_DIRS firmware/wamr/espressif__wasm-micro-runtime)
endif()

# WAMR's component takes these over; the rest it has from sdkconfig.
include(${CMAKE_CURRENT_LIST_DIR}/wamr-features.cmake)

if(NOT DEFINED ENV{IDF_PATH})
  message(FATAL_ERROR "IDF_PATH is not set: run `. ~/esp/esp-idf/export.sh` first")
endif()
include($ENV{IDF_PATH}/tools/cmake/project.cmake)
