/* SPDX-License-Identifier: Apache-2.0 */
/* Files that the tool carries inside, byte for byte (generated at build time): the schemas of
 * config/schema and the platforms of config/platforms. */
#ifndef CF_EMBEDDED_H
#define CF_EMBEDDED_H

extern const unsigned char cf_xsd[];
extern const unsigned cf_xsd_size;
extern const unsigned char cf_platform_xsd[];
extern const unsigned cf_platform_xsd_size;
extern const unsigned char cf_platform_pc[];
extern const unsigned cf_platform_pc_size;
extern const unsigned char cf_platform_virt[];
extern const unsigned cf_platform_virt_size;

#endif
