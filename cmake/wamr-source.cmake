# WAMR's source in ${wamr_copy}: a copy of WAMR_ROOT_DIR (cache variable or environment) or of the crate that
# firmware/wamr pins.

set(WAMR_CRATE wamrx-sys)
set(WAMR_MANIFEST ${CMAKE_CURRENT_LIST_DIR}/../firmware/wamr/Cargo.toml)

function(wamr_ask_cargo result output)
  execute_process(
    COMMAND ${CARGO} metadata --locked --offline --format-version 1 --manifest-path ${WAMR_MANIFEST}
    RESULT_VARIABLE code
    OUTPUT_VARIABLE text
    ERROR_QUIET)
  set(${result} ${code} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(wamr_find_crate directory)
  find_program(CARGO cargo HINTS $ENV{HOME}/.cargo/bin)
  if(NOT CARGO)
    message(FATAL_ERROR "cargo is missing; it fetches WAMR's source. Install it "
      "(apt-get install cargo), or set WAMR_ROOT_DIR to a copy of WAMR.")
  endif()
  wamr_ask_cargo(code metadata)
  if(NOT code EQUAL 0)
    message(STATUS "Fetching WAMR's source")
    execute_process(COMMAND ${CARGO} fetch --locked --manifest-path ${WAMR_MANIFEST}
      RESULT_VARIABLE code ERROR_VARIABLE reason)
    if(NOT code EQUAL 0)
      message(FATAL_ERROR "cargo could not fetch ${WAMR_CRATE}; is the network there?\n${reason}")
    endif()
    wamr_ask_cargo(code metadata)
  endif()
  string(JSON count LENGTH "${metadata}" packages)
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON name GET "${metadata}" packages ${index} name)
    if(name STREQUAL WAMR_CRATE)
      string(JSON manifest GET "${metadata}" packages ${index} manifest_path)
      get_filename_component(crate ${manifest} DIRECTORY)
      set(${directory} ${crate}/wasm-micro-runtime PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "${WAMR_MANIFEST} does not depend on ${WAMR_CRATE}")
endfunction()

set(WAMR_ROOT_DIR "$ENV{WAMR_ROOT_DIR}" CACHE PATH "WAMR's source; empty: the pinned crate")
if(WAMR_ROOT_DIR)
  set(wamr_source ${WAMR_ROOT_DIR})
else()
  wamr_find_crate(wamr_source)
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
