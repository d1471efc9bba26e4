/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of devices that a system description names. */
#ifndef PRTOS_INC_DEVID_H
#define PRTOS_INC_DEVID_H

#define PRTOS_DEV_LOGSTORAGE_ID 0
#define PRTOS_DEV_UART_ID 1
#define PRTOS_DEV_VGA_ID 2
#define PRTOS_DEV_INVALID_ID 0xFFFF

#endif
