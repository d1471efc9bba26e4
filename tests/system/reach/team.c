/* SPDX-License-Identifier: Apache-2.0 */
/* Three vCPUs that never give their slots up: they count, and do what they are told. */
#include <bail.h>
#include <irqs.h>
#include <prtos.h>
#include "../../system/guest/check.h"
#include "board.h"

#define TICK                                                                                       \
    100 /* us: no processor runs longer without the others, where instructions are counted */

extern struct prtos_image_hdr prtos_image_hdr;
static volatile prtos_s32_t port;

static void on_ipvi(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    BOARD[PRTOS_VCPU_SELF].ipvis++;
}

static void on_shutdown(trap_ctxt_t *ctxt)
{
    (void)ctxt;
    BOARD[PRTOS_VCPU_SELF].shutdowns++;
}

static prtos_s32_t reset(prtos_u32_t member)
{
    return prtos_reset_vcpu(member, prtos_image_hdr.page_table, PTR2ADDR(start), 5);
}

static prtos_s32_t send_all(prtos_u32_t self)
{
    prtos_u32_t message[WORDS];
    prtos_u32_t i, n;

    for (n = 0; n < MESSAGES; n++) {
        prtos_s32_t code;

        for (i = 0; i < WORDS; i++)
            message[i] = n << 8 | self;
        do {
            code = prtos_send_queuing_message(port, message, sizeof(message));
            if (code == PRTOS_OP_NOT_ALLOWED)
                BOARD[self].refused++;
        } while (code == PRTOS_OP_NOT_ALLOWED);
        if (code)
            return code;
    }
    return PRTOS_OK;
}

static prtos_s32_t obey(prtos_u32_t self, prtos_u32_t command)
{
    prtos_u32_t next = (self + 1) % MEMBERS;
    switch (command) {
    case OPERAND:
        fault_operand();
        return PRTOS_OK;
    case CALL:
        fault_call();
        return PRTOS_OK;
    case OTHER:
        fault_other();
        return PRTOS_OK;
    case OPCODE:
        fault_opcode();
        return PRTOS_OK;
    case SUSPEND_NEXT:
        return prtos_suspend_vcpu(next);
    case RESUME_NEXT:
        return prtos_resume_vcpu(next);
    case HALT_NEXT:
        return prtos_halt_vcpu(next);
    case RESET_NEXT:
        return reset(next);
    case SUSPEND_SELF:
        return prtos_suspend_vcpu(self);
    case RESET_SELF:
        return reset(self);
    default:
        return send_all(self);
    }
}

void partition_main(void)
{
    prtos_u32_t self = PRTOS_VCPU_SELF;
    struct member *me = &BOARD[self];
    prtos_time_t now;
    prtos_u32_t i;

    if (self == 0) {
        install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_IPVI0), on_ipvi);
        install_trap_handler(BAIL_PRTOSEXT_TRAP(PRTOS_VT_EXT_SHUTDOWN), on_shutdown);
        port = prtos_create_queuing_port("out", 16, WORDS * 4, PRTOS_SOURCE_PORT);
        setup_vcpus();
    }
    me->command = NOTHING;
    me->lives++;
    prtos_get_time(PRTOS_HW_CLOCK, &now);
    prtos_set_timer(PRTOS_HW_CLOCK, now, TICK);
    prtos_clear_irqmask(0, 1u << PRTOS_VT_EXT_IPVI0 | 1u << PRTOS_VT_EXT_SHUTDOWN);
    hw_sti();
    for (;;) {
        prtos_u32_t command = me->command;

        me->count++;
        if (command) {
            prtos_s32_t answer;

            me->answer = 99;
            me->seen[self] = me->count;
            me->command = NOTHING;
            answer = obey(self, command);
            for (i = 0; i < MEMBERS; i++)
                me->seen[i] = BOARD[i].count;
            me->answer = answer;
        }
    }
}
