# find_crate(CRATE MANIFEST ELSE RESULT): the folder of a crate that carries C source, fetched where it is missing.
# ELSE says what else can be done where cargo is not there.

include_guard()

function(crate_ask_cargo manifest result output)
  execute_process(
    COMMAND ${CARGO} metadata --locked --offline --format-version 1 --manifest-path ${manifest}
    RESULT_VARIABLE code
    OUTPUT_VARIABLE text
    ERROR_QUIET)
  set(${result} ${code} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(find_crate crate manifest else directory)
  find_program(CARGO cargo HINTS $ENV{HOME}/.cargo/bin)
  if(NOT CARGO)
    message(FATAL_ERROR "cargo is missing; it fetches ${crate}. Install it (apt-get install cargo), ${else}.")
  endif()
  crate_ask_cargo(${manifest} code metadata)
  if(NOT code EQUAL 0)
    message(STATUS "Fetching ${crate}")
    execute_process(COMMAND ${CARGO} fetch --locked --manifest-path ${manifest}
      RESULT_VARIABLE code ERROR_VARIABLE reason)
    if(NOT code EQUAL 0)
      message(FATAL_ERROR "cargo could not fetch ${crate}; is the network there?\n${reason}")
    endif()
    crate_ask_cargo(${manifest} code metadata)
  endif()
  string(JSON count LENGTH "${metadata}" packages)
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON name GET "${metadata}" packages ${index} name)
    if(name STREQUAL crate)
      string(JSON path GET "${metadata}" packages ${index} manifest_path)
      get_filename_component(found ${path} DIRECTORY)
      set(${directory} ${found} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "${manifest} does not depend on ${crate}")
endfunction()
