/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the system description that programs see too: flags of areas. */
#ifndef PRTOS_INC_PRTOSCONF_H
#define PRTOS_INC_PRTOSCONF_H

#include <prtos_inc/arch/prtosconf.h>

#define PRTOS_MEM_AREA_SHARED 0x1
#define PRTOS_MEM_AREA_UNMAPPED 0x2
#define PRTOS_MEM_AREA_READONLY 0x4
#define PRTOS_MEM_AREA_UNCACHEABLE 0x8
#define PRTOS_MEM_AREA_ROM 0x10
#define PRTOS_MEM_AREA_FLAG0 0x20
#define PRTOS_MEM_AREA_FLAG1 0x40
#define PRTOS_MEM_AREA_FLAG2 0x80
#define PRTOS_MEM_AREA_FLAG3 0x100
#define PRTOS_MEM_AREA_TAGGED 0x200
#define PRTOS_MEM_AREA_IOMMU 0x400

#endif
