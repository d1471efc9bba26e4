/* SPDX-License-Identifier: Apache-2.0 */
/* Types that all services share, and the limits of this implementation. */
#ifndef APEX_TYPE_H
#define APEX_TYPE_H

/* What a partition's configuration (apexConfig.h) may ask for at most. */
#define SYSTEM_LIMIT_NUMBER_OF_PARTITIONS 64
#define SYSTEM_LIMIT_NUMBER_OF_MESSAGES 512
#define SYSTEM_LIMIT_MESSAGE_SIZE 8192
#define SYSTEM_LIMIT_NUMBER_OF_PROCESSES 128
#define SYSTEM_LIMIT_NUMBER_OF_SAMPLING_PORTS 512
#define SYSTEM_LIMIT_NUMBER_OF_QUEUING_PORTS 512
#define SYSTEM_LIMIT_NUMBER_OF_BUFFERS 256
#define SYSTEM_LIMIT_NUMBER_OF_BLACKBOARDS 256
#define SYSTEM_LIMIT_NUMBER_OF_SEMAPHORES 256
#define SYSTEM_LIMIT_NUMBER_OF_EVENTS 256
#define SYSTEM_LIMIT_NUMBER_OF_MUTEXES 256

typedef unsigned char APEX_BYTE;
typedef int APEX_INTEGER;
typedef unsigned int APEX_UNSIGNED;
typedef long long APEX_LONG_INTEGER;

typedef enum {
    NO_ERROR = 0,
    NO_ACTION = 1,
    NOT_AVAILABLE = 2,
    INVALID_PARAM = 3,
    INVALID_CONFIG = 4,
    INVALID_MODE = 5,
    TIMED_OUT = 6
} RETURN_CODE_TYPE;

/* Compared without regard to case; shorter ones end with a NUL. Services take them as char *, so
 * that a compiler does not ask for 30 characters where a shorter text is given. */
#define MAX_NAME_LENGTH 30
typedef char NAME_TYPE[MAX_NAME_LENGTH];

typedef void *SYSTEM_ADDRESS_TYPE;
typedef APEX_BYTE *MESSAGE_ADDR_TYPE;
typedef APEX_INTEGER MESSAGE_SIZE_TYPE;
typedef APEX_INTEGER MESSAGE_RANGE_TYPE;
typedef APEX_INTEGER WAITING_RANGE_TYPE;

typedef enum { SOURCE = 0, DESTINATION = 1 } PORT_DIRECTION_TYPE;
typedef enum { FIFO = 0, PRIORITY = 1 } QUEUING_DISCIPLINE_TYPE;

/* ns; negative: for ever. */
typedef APEX_LONG_INTEGER SYSTEM_TIME_TYPE;
#define INFINITE_TIME_VALUE (-1)

typedef APEX_INTEGER PROCESSOR_CORE_ID_TYPE;
#define CORE_AFFINITY_NO_PREFERENCE (-1)

#endif
