# The program `microserver-lwip`: the same host on lwIP, behind a tap device (MICROSERVER_LWIP).

include(cmake/crate.cmake)
find_crate(lwip ${CMAKE_CURRENT_SOURCE_DIR}/firmware/lwip/Cargo.toml "or leave MICROSERVER_LWIP off" LWIP_DIR)
set(LWIP_UNIX ${LWIP_DIR}/contrib/ports/unix/port)
set(CMAKE_MESSAGE_LOG_LEVEL WARNING)
include(${LWIP_DIR}/src/Filelists.cmake)
unset(CMAKE_MESSAGE_LOG_LEVEL)

add_library(lwip STATIC ${lwipcore_SRCS} ${lwipcore4_SRCS} ${lwipcore6_SRCS} ${lwipapi_SRCS}
  ${LWIP_DIR}/src/netif/ethernet.c ${LWIP_UNIX}/sys_arch.c)
target_include_directories(lwip SYSTEM PUBLIC ${LWIP_DIR}/src/include ${LWIP_UNIX}/include)
target_include_directories(lwip PUBLIC firmware/port/lwip)
target_compile_options(lwip PRIVATE -w)
target_link_libraries(lwip PUBLIC Threads::Threads)

add_executable(microserver-lwip ${MICROSERVER_SOURCES}
  firmware/port/lwip/network.c
  firmware/port/lwip/poll.c
  firmware/port/lwip/socket_reset.c
  firmware/port/lwip/stop_socket.c
  firmware/port/lwip/tap_device.c
  firmware/port/lwip/tap_netif.c)
microserver_program(microserver-lwip firmware/port/lwip)
target_link_libraries(microserver-lwip PRIVATE lwip)
