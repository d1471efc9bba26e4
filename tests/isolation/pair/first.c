/* SPDX-License-Identifier: Apache-2.0 */
/* The first observer. */
#include <bail.h>
#include "observer.h"

void partition_main(void)
{
    observe();
}
