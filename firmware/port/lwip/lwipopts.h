/**
 * lwIP as ESP-IDF 6 configures it by default (its `lwipopts.h` and the defaults of its Kconfig), so
 * that the desktop shows the limits of the chip. What differs says why.
 */
#ifndef MICROSERVER_LWIPOPTS_H
#define MICROSERVER_LWIPOPTS_H

#include <sys/select.h>

#include "port_poll.h"

/* ---- threads and their mailboxes ---- */
#define NO_SYS 0
#define SYS_LIGHTWEIGHT_PROT 1
#define LWIP_TCPIP_CORE_LOCKING 0
#define TCPIP_MBOX_SIZE 32
#define DEFAULT_TCP_RECVMBOX_SIZE 6
#define DEFAULT_UDP_RECVMBOX_SIZE 6
#define DEFAULT_RAW_RECVMBOX_SIZE 6
#define DEFAULT_ACCEPTMBOX_SIZE 6

/* ---- sockets ---- */
#define LWIP_SOCKET 1
#define LWIP_NETCONN 1
#define LWIP_NETCONN_FULLDUPLEX 1
#define LWIP_NETCONN_SEM_PER_THREAD 1
/** The chip's C library has the BSD names as functions. */
#define LWIP_COMPAT_SOCKETS 1
#define LWIP_POSIX_SOCKETS_IO_NAMES 0
#define LWIP_SOCKET_SELECT 1
#define LWIP_SOCKET_POLL 0
#define LWIP_SO_SNDTIMEO 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SO_LINGER 0
#define LWIP_SO_RCVBUF 0
#define SO_REUSE 1
#define LWIP_TIMEVAL_PRIVATE 0

/* ---- TCP ---- */
#define LWIP_TCP 1
#define TCP_MSS 1440
#define TCP_WND 5760
#define TCP_SND_BUF 5760
#define TCP_OVERSIZE TCP_MSS
#define TCP_QUEUE_OOSEQ 1
#define LWIP_TCP_SACK_OUT 0
#define TCP_LISTEN_BACKLOG 1
#define TCP_MAXRTX 12
#define TCP_SYNMAXRTX 12
#define TCP_TMR_INTERVAL 250
/* As sdkconfig.defaults: in TIME-WAIT lwIP accepts no SYN, and clients soon take ports again. */
#define TCP_MSL 5000
#define TCP_FIN_WAIT_TIMEOUT 20000
#define LWIP_TCP_RTO_TIME 1500
#define LWIP_TCP_KEEPALIVE 1

/* ---- the rest of the stack ---- */
#define LWIP_UDP 1
#define LWIP_RAW 1
#define LWIP_DNS 1
#define LWIP_DHCP 1
#define LWIP_IGMP 1
#define LWIP_IPV4 1
#define IP_FRAG 1
#define IP_REASSEMBLY 0
#define ARP_QUEUEING 1
#define LWIP_IPV6 1
#define LWIP_IPV6_REASS 0
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_API 1
#define LWIP_NETIF_TX_SINGLE_PBUF 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_LOOPBACK_MAX_PBUFS 8
#define LWIP_STATS 0
/** Headers of fragments have pointers in their place, which are longer than the chip's. */
#define IPV6_FRAG_COPYHEADER 1

/* ---- memory ---- */
#define MEM_LIBC_MALLOC 1
#define MEM_ALIGNMENT __SIZEOF_POINTER__
/**
 * All from the heap. So control blocks of TCP have no limit here: ESP-IDF's lwIP has one of its own
 * making, 16 (CONFIG_LWIP_MAX_ACTIVE_TCP), and gives up connections that are ending.
 */
#define MEMP_MEM_MALLOC 1
/** CONFIG_LWIP_MAX_SOCKETS, and one that stands for the chip's eventfd, which is no socket. */
#define PORT_SOCKETS 10
#define MEMP_NUM_NETCONN (PORT_SOCKETS + 1)

#endif
