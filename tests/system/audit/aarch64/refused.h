/* SPDX-License-Identifier: Apache-2.0 */
/* Stage 2 is the hypervisor's alone: there is nothing to refuse. */
static void refused_pages(void)
{
}
