/* SPDX-License-Identifier: Apache-2.0 */
/* What the health log and the trace streams share: stamping entries, and the calls by which
 * partitions look at them. Who may is the object's business. */
#include "hv/log.h"

#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objects/hm.h>

#include "conf/access.h"
#include "hv/clock.h"
#include "hv/cpu.h"
#include "hv/guestmem.h"
#include "hv/object.h"
#include "lib/div64.h"

_Static_assert(sizeof(prtos_hm_log_t) == sizeof(log_entry) &&
                   offsetof(prtos_hm_log_t, timestamp) == offsetof(log_entry, timestamp) &&
                   offsetof(prtos_hm_log_t, payload) == offsetof(log_entry, payload) &&
                   HMLOG_OPCODE_SEQ_BIT == TRACE_OPCODE_SEQ_BIT,
               "one layout of entries");
_Static_assert(PRTOS_HM_GET_STATUS == PRTOS_TRACE_GET_STATUS &&
                   PRTOS_HM_LOCK_EVENTS == PRTOS_TRACE_LOCK &&
                   PRTOS_HM_UNLOCK_EVENTS == PRTOS_TRACE_UNLOCK &&
                   PRTOS_HM_RESET_EVENTS == PRTOS_TRACE_RESET &&
                   sizeof(prtos_hm_status_t) == sizeof(prtos_trace_status_t),
               "one set of commands");

static u32 device_of(const struct conf_header *conf, u32 user)
{
    if (user == LOG_HEALTH)
        return conf->health_log;
    return user == LOG_TRACE ? conf->trace : conf_partitions(conf)[user - LOG_PARTITION(0)].trace;
}

__cold void log_start(const struct conf_header *conf, struct log *log, u32 user)
{
    u32 index = device_of(conf, user);
    const struct conf_device *device = conf_devices(conf) + index;
    u32 before = 0, users = 0;
    u64 share;

    if (index == CONF_NONE)
        return;
    for (u32 i = 0; i < LOG_PARTITION(conf_count(conf, CONF_T_PARTITION)); i++)
        if (device_of(conf, i) == index) {
            before += i < user;
            users++;
        }
    share = users > 1 ? div64_32(device->size, users, NULL) & ~63ull : device->size;
    log_open(cpus[0], &log->store, device->start + before * share, share, sizeof(log_entry));
}

/* Sum of 16-bit words. */
static u32 sum_of(const void *bytes, u32 size)
{
    const u16 *word = bytes;
    u32 sum = 0;

    for (u32 i = 0; i < size / 2; i++)
        sum += word[i];
    return sum;
}

/* One's complement of the one's complement sum, the entry's checksum being 0. */
static u16 sum_end(u32 sum)
{
    sum = (sum & 0xffff) + (sum >> 16);
    sum += sum >> 16;
    return (u16)~sum;
}

/* Number and time in one order for all entries of a log: under the lock; the rest before. */
bool log_put(struct cpu *self, struct log *log, u32 *sequence, log_entry *entry)
{
    const u32 stamps = offsetof(log_entry, payload);
    u32 sum;
    bool taken;

    entry->checksum = 0;
    sum = entry->signature + sum_of(entry->payload, sizeof(entry->payload));
    lock_take(&log->lock);
    taken = log_takes(&log->store);
    if (taken) {
        entry->op_code_hi |= __atomic_fetch_add(sequence, 1, __ATOMIC_RELAXED)
                             << TRACE_OPCODE_SEQ_BIT;
        entry->timestamp = clock_us(clock_now());
        sum += sum_of(&entry->op_code_hi, stamps - offsetof(log_entry, op_code_hi));
        entry->checksum = sum_end(sum);
        log_append(self, &log->store, entry);
    }
    lock_release(&log->lock);
    return taken;
}

__cold s32 log_read_call(struct vcpu *vcpu, struct log *log)
{
    hv_addr buffer = object_buffer(vcpu);
    log_entry entry;
    bool found;

    if (object_size(vcpu) < sizeof(entry) || !guest_buffer(buffer, sizeof(entry), true))
        return PRTOS_INVALID_PARAM;
    lock_take(&log->lock);
    found = log_read(vcpu->cpu, &log->store, log->store.cursor, &entry);
    log->store.cursor += found;
    lock_release(&log->lock);
    if (!found)
        return 0;
    return guest_write(buffer, &entry, sizeof(entry)) ? (s32)sizeof(entry) : PRTOS_INVALID_PARAM;
}

__cold s32 log_seek_call(struct vcpu *vcpu, struct log *log, bool bring)
{
    struct log_store *store = &log->store;
    u32 whence = object_whence(vcpu);
    s64 place = (s32)object_offset(vcpu);
    s32 result = PRTOS_INVALID_PARAM;

    if (whence > PRTOS_OBJ_SEEK_END)
        return result;
    lock_take(&log->lock);
    if (whence == PRTOS_OBJ_SEEK_CUR)
        place += store->cursor;
    else if (whence == PRTOS_OBJ_SEEK_END)
        place += store->count;
    if (bring)
        place = place < 0 ? 0 : place > store->count ? store->count : place;
    if (place >= 0 && place <= store->count) {
        store->cursor = (u32)place;
        result = (s32)place;
    }
    lock_release(&log->lock);
    return result;
}

__cold s32 log_ctrl_call(struct vcpu *vcpu, struct log *log)
{
    struct log_store *store = &log->store;
    u32 cmd = object_cmd(vcpu);
    prtos_trace_status_t status;

    if (cmd > PRTOS_TRACE_RESET)
        return PRTOS_INVALID_PARAM;
    lock_take(&log->lock);
    status = (prtos_trace_status_t){(s32)store->count, (s32)store->max, (s32)store->cursor};
    if (cmd == PRTOS_TRACE_RESET)
        log_reset(vcpu->cpu, store);
    else if (cmd != PRTOS_TRACE_GET_STATUS)
        store->locked = cmd == PRTOS_TRACE_LOCK;
    lock_release(&log->lock);
    if (cmd == PRTOS_TRACE_GET_STATUS && !guest_write(object_arg(vcpu), &status, sizeof(status)))
        return PRTOS_INVALID_PARAM;
    return PRTOS_OK;
}
