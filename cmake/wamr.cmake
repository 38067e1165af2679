# The library `wamr`: WebAssembly Micro Runtime.

include(${CMAKE_CURRENT_LIST_DIR}/wamr-source.cmake)

set(MICROSERVER_AOT 1 CACHE STRING "1: modules that are compiled ahead of time run, too")

string(TOLOWER ${CMAKE_SYSTEM_NAME} WAMR_BUILD_PLATFORM)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(WAMR_BUILD_TARGET AARCH64)
elseif(CMAKE_SIZEOF_VOID_P EQUAL 4)
  set(WAMR_BUILD_TARGET X86_32)
else()
  set(WAMR_BUILD_TARGET X86_64)
endif()
set(WAMR_BUILD_INTERP 1)
set(WAMR_BUILD_FAST_INTERP 1)
set(WAMR_BUILD_AOT ${MICROSERVER_AOT})
set(WAMR_BUILD_LIBC_BUILTIN 0)
set(WAMR_BUILD_LIBC_WASI 0)
include(${CMAKE_CURRENT_LIST_DIR}/wamr-features.cmake)
# As on the chip: bounds are checked by software and no signal handler is installed.
set(WAMR_DISABLE_HW_BOUND_CHECK 1)
set(WAMR_DISABLE_STACK_HW_BOUND_CHECK 1)
set(WAMR_DISABLE_WRITE_GS_BASE 1)
set(WAMR_ROOT_DIR ${wamr_copy})
set(CMAKE_MESSAGE_LOG_LEVEL WARNING)
include(${wamr_copy}/build-scripts/runtime_lib.cmake)
unset(CMAKE_MESSAGE_LOG_LEVEL)

find_package(Threads REQUIRED)
add_library(wamr STATIC ${WAMR_RUNTIME_LIB_SOURCE})
target_compile_options(wamr PRIVATE ${MICROSERVER_WAMR_OPTIONS})
target_include_directories(wamr SYSTEM PUBLIC ${wamr_copy}/core/iwasm/include)
target_link_libraries(wamr PUBLIC m Threads::Threads)
