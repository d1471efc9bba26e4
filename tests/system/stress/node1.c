/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes 1 to 3: nothing but a node. */
#include "ledger.h"

void partition_main(void)
{
    node_start();
    for (;;) {
        node_slot();
        prtos_idle_self();
    }
}
