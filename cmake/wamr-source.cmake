# WAMR's source in ${wamr_copy}: a copy of WAMR_ROOT_DIR (cache variable or environment) or of the crate that
# firmware/wamr pins.

include(${CMAKE_CURRENT_LIST_DIR}/crate.cmake)

set(WAMR_ROOT_DIR "$ENV{WAMR_ROOT_DIR}" CACHE PATH "WAMR's source; empty: the pinned crate")
if(WAMR_ROOT_DIR)
  set(wamr_source ${WAMR_ROOT_DIR})
else()
  find_crate(wamrx-sys ${CMAKE_CURRENT_LIST_DIR}/../firmware/wamr/Cargo.toml "or set WAMR_ROOT_DIR to a copy of WAMR" wamr_crate)
  set(wamr_source ${wamr_crate}/wasm-micro-runtime)
endif()
if(NOT EXISTS ${wamr_source}/build-scripts/runtime_lib.cmake)
  message(FATAL_ERROR "WAMR_ROOT_DIR is ${wamr_source}, but there is no build-scripts/runtime_lib.cmake")
endif()

# WAMR's own configure step writes into its tree: work on a copy.
set(wamr_copy ${CMAKE_CURRENT_BINARY_DIR}/wamr)
set(wamr_copied "")
if(EXISTS ${wamr_copy}/source.txt)
  file(READ ${wamr_copy}/source.txt wamr_copied)
endif()
if(NOT wamr_copied STREQUAL wamr_source)
  file(REMOVE_RECURSE ${wamr_copy})
  file(COPY ${wamr_source}/ DESTINATION ${wamr_copy})
  file(WRITE ${wamr_copy}/source.txt ${wamr_source})
endif()
