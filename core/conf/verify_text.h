/* SPDX-License-Identifier: Apache-2.0 */
/* Details that only matter to whoever writes such bytes: the tools say them, the core has one text
 * in their place. */
#ifndef CONF_VERIFY_TEXT_H
#define CONF_VERIFY_TEXT_H

#ifdef _PRTOS_KERNEL_
#define VERIFY_TEXT(text) "its tables break the format (the tools tell where)"
#else
#define VERIFY_TEXT(text) text
#endif

#endif
