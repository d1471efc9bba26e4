/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes that BAIL was built with. Macros only. */
#ifndef BAIL_CONFIG_H
#define BAIL_CONFIG_H

#ifndef CONFIG_STACK_KB
#define CONFIG_STACK_KB 8
#endif
#define STACK_SIZE (CONFIG_STACK_KB * 1024) /* of each vCPU */

#ifndef CONFIG_SIZE_PAGE_TABLE
#define CONFIG_SIZE_PAGE_TABLE 16 /* pages */
#endif

#endif
