/* SPDX-License-Identifier: Apache-2.0 */
/* Log of the health monitor, for system partitions. */
#ifndef LIBPRTOS_HM_H
#define LIBPRTOS_HM_H

#ifdef _PRTOS_KERNEL_
#error <hm.h> is for partitions, not for the hypervisor
#endif

#ifndef __ASSEMBLER__

#include <prtos_inc/objects/hm.h>

/* Entries read (1 or 0), or an error. */
prtos_s32_t prtos_hm_read(prtos_hm_log_t *log);
prtos_s32_t prtos_hm_seek(prtos_s32_t offset, prtos_u32_t whence);
prtos_s32_t prtos_hm_status(prtos_hm_status_t *status);

#endif

#endif
