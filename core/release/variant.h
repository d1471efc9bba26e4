/* SPDX-License-Identifier: Apache-2.0 */
/* A release build tells nothing while it runs. */
#ifndef VARIANT_H
#define VARIANT_H

#define VERBOSE 0

#endif
