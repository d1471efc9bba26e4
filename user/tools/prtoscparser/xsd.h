/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in schema: config/schema/prtos.xsd, byte for byte (generated at build time). */
#ifndef CF_XSD_H
#define CF_XSD_H

extern const unsigned char cf_xsd[];
extern const unsigned cf_xsd_size;

#endif
