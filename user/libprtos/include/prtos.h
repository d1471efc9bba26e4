/* SPDX-License-Identifier: Apache-2.0 */
/* The one header of libprtos: everything that a partition sees of the hypervisor. In assembly it
 * gives macros only. Never for the core. */
#ifndef LIBPRTOS_PRTOS_H
#define LIBPRTOS_PRTOS_H

#ifdef _PRTOS_KERNEL_
#error <prtos.h> is for partitions, not for the hypervisor
#endif

#include <prtos_inc/config.h>
#include <prtos_inc/linkage.h>
#include <prtos_inc/audit.h>
#include <prtos_inc/bitwise.h>
#include <prtos_inc/devid.h>
#include <prtos_inc/guest.h>
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>
#include <prtos_inc/prtosef.h>
#include <prtos_inc/objects/commports.h>
#include <prtos_inc/objects/console.h>
#include <prtos_inc/objects/hm.h>
#include <prtos_inc/objects/mem.h>
#include <prtos_inc/objects/status.h>
#include <prtos_inc/objects/trace.h>
#include <prtos_inc/arch/arch_types.h>
#include <prtos_inc/arch/atomic.h>
#include <prtos_inc/arch/irqs.h>
#include <prtos_inc/arch/paging.h>
#include <prtos_inc/arch/processor.h>

#include <prtoshypercalls.h>
#include <hypervisor.h>
#include <arch/atomic_ops.h>
#include <comm.h>
#include <hm.h>
#include <status.h>
#include <trace.h>

#endif
