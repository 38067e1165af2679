# The apps: the user's in the partitions app-wasm and files, the firmware's own in the firmware.
# `idf.py app-wasm-flash` and `idf.py files-flash` flash the user's without the firmware.

find_program(NODE node)
if(NOT NODE)
  message(FATAL_ERROR "node is missing: it compiles the apps. Install Node 20 or newer from https://nodejs.org")
endif()

idf_build_get_property(project PROJECT_DIR)
idf_build_get_property(target IDF_TARGET)
partition_table_get_partition_info(room "--partition-name app-wasm" "size")
set(options --out ${apps} --room ${room})
if(CONFIG_MICROSERVER_AOT)
  if(CONFIG_IDF_TARGET_ARCH_RISCV)
    list(APPEND options --target riscv32)
  else()
    list(APPEND options --target xtensa)
  endif()
  if(WAMRC)
    list(APPEND options --wamrc ${WAMRC})
  endif()
endif()

get_filename_component(app ${APP} ABSOLUTE BASE_DIR ${project})
add_custom_target(microserver_apps ALL
  COMMAND ${NODE} host/setup/main.mjs image ${app} ${options}
  BYPRODUCTS ${apps}/app-wasm.bin ${apps}/setup.wasm ${apps}/recovery.wasm
  WORKING_DIRECTORY ${project}
  COMMENT "Building the app ${APP}"
  USES_TERMINAL VERBATIM)

littlefs_create_partition_image(files ${apps}/files FLASH_IN_PROJECT DEPENDS microserver_apps)
# Its tool keeps no times of files.
set(littlefs_python ${littlefs_py_venv}/bin/python)
if(CMAKE_HOST_WIN32)
  set(littlefs_python ${littlefs_py_venv}/Scripts/python.exe)
endif()
add_custom_command(TARGET littlefs_files_bin POST_BUILD
  COMMAND ${littlefs_python} ${CMAKE_CURRENT_LIST_DIR}/file_times.py
    ${CMAKE_BINARY_DIR}/files.bin ${apps}/files ${CONFIG_LITTLEFS_OBJ_NAME_LEN}
  VERBATIM)

if(COMMAND esp_partition_register_target)
  esp_partition_register_target(app-wasm ${apps}/app-wasm.bin FLASH_IN_PROJECT DEPENDS microserver_apps)
else()
  idf_component_get_property(main_args esptool_py FLASH_ARGS)
  idf_component_get_property(sub_args esptool_py FLASH_SUB_ARGS)
  esptool_py_flash_target(app-wasm-flash "${main_args}" "${sub_args}" ALWAYS_PLAINTEXT)
  foreach(flash app-wasm-flash flash)
    esptool_py_flash_to_partition(${flash} app-wasm ${apps}/app-wasm.bin)
    add_dependencies(${flash} microserver_apps)
  endforeach()
endif()
