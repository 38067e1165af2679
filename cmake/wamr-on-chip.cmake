# WAMR as ESP-IDF's component, where the chip differs from the desktop.

idf_component_get_property(wamr espressif__wasm-micro-runtime COMPONENT_LIB)

# Its interpreter keeps a number for each operation instead of an address, two bytes instead of four. That takes jump
# tables, which ESP-IDF turns off.
target_compile_definitions(${wamr} PRIVATE WASM_ENABLE_LABELS_AS_VALUES=0)
target_compile_options(${wamr} PRIVATE -fjump-tables)

# Files are the host's: this is for WASI alone, and ESP-IDF 6's C library does not have all that it takes.
get_target_property(sources ${wamr} SOURCES)
list(FILTER sources EXCLUDE REGEX "/espidf_file\\.c$")
set_target_properties(${wamr} PROPERTIES SOURCES "${sources}")
