/** The processor that this host is built for, named as ahead-of-time compiled modules name it. */
#ifndef MICROSERVER_TARGET_H
#define MICROSERVER_TARGET_H

#if defined(__x86_64__)
#define TARGET_ARCH "x86_64"
#elif defined(__i386__)
#define TARGET_ARCH "i386"
#elif defined(__aarch64__)
#define TARGET_ARCH "aarch64v8"
#elif defined(__riscv) && __riscv_xlen == 64
#define TARGET_ARCH "riscv64"
#elif defined(__riscv) && __riscv_xlen == 32
#define TARGET_ARCH "riscv32"
#elif defined(__XTENSA__)
#define TARGET_ARCH "xtensa"
#else
#define TARGET_ARCH "unknown"
#endif

#endif
