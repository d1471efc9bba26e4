/* SPDX-License-Identifier: Apache-2.0 */
/* Start of the other vCPUs of a partition. */
#include <bail.h>
#include <prtos.h>

extern struct prtos_image_hdr prtos_image_hdr;

void setup_vcpus(void)
{
    prtos_u32_t i;

    if (PRTOS_VCPU_SELF != 0)
        return;
    for (i = 1; i < prtos_get_number_vcpus(); i++)
        prtos_reset_vcpu(i, prtos_image_hdr.page_table, PTR2ADDR(start), 0);
}
