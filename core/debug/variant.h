/* SPDX-License-Identifier: Apache-2.0 */
/* A debug build tells every health event. */
#ifndef VARIANT_H
#define VARIANT_H

#define VERBOSE 1

#endif
