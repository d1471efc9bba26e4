/* SPDX-License-Identifier: Apache-2.0 */
/* ARINC 653 Part 1 and what there is of Part 2, all of it. See documentation/apex.md. */
#ifndef APEX_H
#define APEX_H

#include <apex/apexType.h>
#include <apex/apexBlackboard.h>
#include <apex/apexBuffer.h>
#include <apex/apexError.h>
#include <apex/apexEvent.h>
#include <apex/apexMemory.h>
#include <apex/apexMutex.h>
#include <apex/apexPartition.h>
#include <apex/apexProcess.h>
#include <apex/apexProcessorCore.h>
#include <apex/apexQueuing.h>
#include <apex/apexSampling.h>
#include <apex/apexSchedules.h>
#include <apex/apexSemaphore.h>
#include <apex/apexTime.h>

#endif
