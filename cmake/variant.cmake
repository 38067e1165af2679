# Variants of the desktop host. Included before project(), as the checks of the compiler depend on them.

set(MICROSERVER_BITS 64 CACHE STRING "32: pointers and interpreted code are as on the chip")
option(MICROSERVER_LWIP "microserver-lwip instead: the network is lwIP's, with the limits of the chip" OFF)
option(MICROSERVER_SANITIZE "end at the first invalid access or undefined behaviour" OFF)
option(MICROSERVER_CHIP_SIZES "tables of the host are as large as firmware/Kconfig.projbuild says" OFF)

if(MICROSERVER_BITS EQUAL 32)
  set(CMAKE_C_FLAGS_INIT -m32)
  set(CMAKE_ASM_FLAGS_INIT -m32)
  # WAMR packs code for CPUs without unaligned access, as RISC-V and Xtensa are to it.
  add_compile_definitions(WASM_CPU_SUPPORTS_UNALIGNED_ADDR_ACCESS=0)
endif()

if(MICROSERVER_SANITIZE)
  set(CMAKE_BUILD_TYPE Debug)
  set(MICROSERVER_SANITIZERS -O1 -fsanitize=address,undefined -fno-sanitize-recover=all)
  add_compile_options(${MICROSERVER_SANITIZERS})
  add_link_options(${MICROSERVER_SANITIZERS})
  # WAMR aligns interpreted code to two bytes, and reads four from it.
  set(MICROSERVER_WAMR_OPTIONS -fno-sanitize=alignment)
endif()

if(MICROSERVER_CHIP_SIZES)
  set(kconfig ${CMAKE_CURRENT_SOURCE_DIR}/firmware/Kconfig.projbuild)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${kconfig})
  file(READ ${kconfig} text)
  foreach(setting CONNECTIONS_MAX=CONNECTIONS_MAX LINGER_MAX=LINGER_MAX FILES_MAX=FILES_MAX
      GUEST_STACK_BYTES=SANDBOX_STACK_BYTES)
    string(REGEX MATCH "^(.*)=(.*)$" unused ${setting})
    set(name ${CMAKE_MATCH_1})
    set(definition ${CMAKE_MATCH_2})
    if(NOT text MATCHES "config MICROSERVER_${name}\n[^\n]*\n[^\n]*\n *default ([0-9]+)")
      message(FATAL_ERROR "${kconfig} has no default for MICROSERVER_${name} in its fourth line")
    endif()
    add_compile_definitions(${definition}=${CMAKE_MATCH_1})
  endforeach()
endif()
