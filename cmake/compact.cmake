# On the chip WAMR's interpreter keeps a number for each operation instead of an address, two bytes instead of four.
# That takes jump tables, which ESP-IDF turns off.

idf_component_get_property(wamr espressif__wasm-micro-runtime COMPONENT_LIB)
target_compile_definitions(${wamr} PRIVATE WASM_ENABLE_LABELS_AS_VALUES=0)
target_compile_options(${wamr} PRIVATE -fjump-tables)
