# What of WebAssembly the runtime knows, on the desktop and on the chip.

set(WAMR_BUILD_BULK_MEMORY 1)
set(WAMR_BUILD_BULK_MEMORY_OPT 1)
set(WAMR_BUILD_SHRUNK_MEMORY 1)
set(WAMR_BUILD_SIMD 0)
set(WAMR_BUILD_REF_TYPES 0)
