# Variants of the desktop host. Included before project(), as the checks of the compiler depend on them.

set(MICROSERVER_BITS 64 CACHE STRING "32: pointers and interpreted code are as on the chip")
option(MICROSERVER_LWIP "microserver-lwip instead: the network is lwIP's, with the limits of the chip" OFF)
option(MICROSERVER_SANITIZE "end at the first invalid access or undefined behaviour" OFF)
option(MICROSERVER_CHIP_SIZES "tables of the host are as large as firmware/Kconfig.projbuild says" OFF)

# The default of a number in the firmware's configuration.
function(kconfig_default name variable)
  set(kconfig ${CMAKE_CURRENT_SOURCE_DIR}/firmware/Kconfig.projbuild)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${kconfig})
  file(READ ${kconfig} text)
  if(NOT text MATCHES "config MICROSERVER_${name}\n[^\n]*\n[^\n]*\n *default ([0-9]+)")
    message(FATAL_ERROR "${kconfig}: the third line below MICROSERVER_${name} is no default")
  endif()
  set(${variable} ${CMAKE_MATCH_1} PARENT_SCOPE)
endfunction()

if(MICROSERVER_BITS EQUAL 32)
  set(CMAKE_C_FLAGS_INIT -m32)
  set(CMAKE_ASM_FLAGS_INIT -m32)
  kconfig_default(GUEST_STACK_BYTES stack)
  # WAMR packs code for CPUs without unaligned access, as RISC-V and Xtensa are to it. Operations are two bytes each
  # then instead of an address (firmware/CMakeLists.txt).
  add_compile_definitions(SANDBOX_STACK_BYTES=${stack} WASM_CPU_SUPPORTS_UNALIGNED_ADDR_ACCESS=0
    WASM_ENABLE_LABELS_AS_VALUES=0)
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
  foreach(table CONNECTIONS_MAX LINGER_MAX FILES_MAX)
    kconfig_default(${table} entries)
    add_compile_definitions(${table}=${entries})
  endforeach()
  # A segment of lwIP's, as firmware/CMakeLists.txt has it.
  add_compile_definitions(FILE_SEND_BUFFER=1440)
  # Constant tables are constants, not data that is relocated at the start.
  add_compile_options(-fno-pie)
  add_link_options(-no-pie)
endif()
