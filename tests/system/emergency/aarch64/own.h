/* SPDX-License-Identifier: Apache-2.0 */
/* The event of the hypervisor's after which the test has it restart. */
#define EVENT PRTOS_HM_EV_FATAL_ERROR
