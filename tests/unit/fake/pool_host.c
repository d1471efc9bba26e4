/* SPDX-License-Identifier: Apache-2.0 */
/* core/conf/pool.c, whose budgets give way to those of the host (fake/budget.c): pointers are wider
 * here, and so are the structures. */
#pragma weak conf_budget_of

#include "conf/pool.c"
