/* SPDX-License-Identifier: Apache-2.0 */
/* What is inline in the ports to partitions. Interrupts are on or off by a word of the vCPU's
 * control table; bit 9 is its only bit. The architecture's rtos_port.h gives PORT_PCT, the
 * table, port_stamp(), PORT_HERE(where), the address of the instruction, and PORT_BEGIN(), what
 * the processor needs before the first thread. */
#ifndef RTOS_PORT_INLINE_H
#define RTOS_PORT_INLINE_H

/* In files that are built for speed it is always inline, elsewhere as the compiler likes. */
#ifdef RTOS_HOT
#define RTOS_INLINE inline __attribute__((always_inline))
#else
#define RTOS_INLINE inline
#endif

#ifdef RTOS_VCPUS
#undef PORT_PCT
#define PORT_PCT prtos_get_pct()
#define port_vcpu() ((prtos_u32_t)prtos_own_vcpu())
#endif

#define PORT_KEY_ON PRTOS_IFLAGS_IF
#define PORT_BARRIER() __asm__ __volatile__("" ::: "memory")

static inline int port_key_on(prtos_u32_t key)
{
    return key != 0;
}

#ifdef RTOS_METER
/* From the moment at which they go off, and from where, to the one at which they go on again. */
void port_meter_off(void *where);
void port_meter_on(void);
#define PORT_METER_OFF(key)                                                                        \
    do {                                                                                           \
        void *where_;                                                                              \
        PORT_HERE(where_);                                                                         \
        if (port_key_on(key))                                                                      \
            port_meter_off(where_);                                                                \
    } while (0)
#define PORT_METER_ON() port_meter_on()
#else
#define PORT_METER_OFF(key) ((void)0)
#define PORT_METER_ON() ((void)0)
#endif

static RTOS_INLINE prtos_u32_t port_lock(void)
{
    prtos_u32_t key;

    PORT_BARRIER();
    key = PORT_PCT->iflags;
    PORT_PCT->iflags = 0;
    PORT_BARRIER();
    PORT_METER_OFF(key);
    return key;
}

/* Whether this is the vCPU on which the kernel may run. */
static inline int port_may_start(void)
{
#ifdef RTOS_VCPUS
    return 1;
#else
    return PRTOS_VCPU_SELF == 0;
#endif
}

static inline int port_irq_waits(void)
{
    PORT_BARRIER();
    return prtos_irq_waits(PORT_PCT);
}

/* Something is pending; the hypervisor is asked to deliver it, unless it is masked or interrupts
 * are off. */
INTERNAL enum rtos_status port_deliver(enum rtos_status status);

/* Answers `status`: what calls it may end with it. */
static RTOS_INLINE enum rtos_status port_unlock_with_here(prtos_u32_t key, enum rtos_status status)
{
    if (port_key_on(key))
        PORT_METER_ON();
    PORT_BARRIER();
    PORT_PCT->iflags = key;
    PORT_BARRIER();
    if (__builtin_expect((PORT_PCT->ext_irqs_pend | PORT_PCT->hw_irqs_pend) != 0, 0))
        return port_deliver(status);
    return status;
}

static RTOS_INLINE void port_unlock_here(prtos_u32_t key)
{
    port_unlock_with_here(key, RTOS_OK);
}

/* Inline in files that are built for speed. */
#ifdef RTOS_SMALL
static void port_unlock(prtos_u32_t key);

static inline enum rtos_status port_unlock_with(prtos_u32_t key, enum rtos_status status)
{
    port_unlock(key);
    return status;
}
#elif defined(RTOS_HOT)
#define port_unlock port_unlock_here
#define port_unlock_with port_unlock_with_here
#else
void port_unlock(prtos_u32_t key);
enum rtos_status port_unlock_with(prtos_u32_t key, enum rtos_status status);
#endif

static inline void port_breathe(void)
{
    port_unlock(PORT_KEY_ON);
    port_lock();
}

#endif
