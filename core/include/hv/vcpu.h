/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual CPU: state, virtual interrupts, timers, what it is in the middle of. Its run state is
 * written by the CPU that owns it only; other CPUs post in `mail` (see vcpu_post). */
#ifndef HV_VCPU_H
#define HV_VCPU_H

#include <prtos_inc/guest.h>
#include <prtos_inc/objects/hm.h>

#include "hv/arch_types.h"
#include "hv/base.h"
#include "hv/cpu.h"

struct partition;
struct vcpu;

enum vcpu_state { VCPU_HALTED, VCPU_READY, VCPU_SUSPENDED, VCPU_STATES };

/* What a ready vCPU waits for. */
enum vcpu_wait { VCPU_RUNS, VCPU_WAITS_SLOT, VCPU_WAITS_IRQ };

/* Requests, in rising order of precedence when several are posted (decisions.md 15). */
#define VCPU_MAIL_RESUME 0x01u
#define VCPU_MAIL_SUSPEND 0x02u
#define VCPU_MAIL_RESET 0x04u   /* of this vCPU; reset_entry and reset_word say how */
#define VCPU_MAIL_RESTART 0x08u /* of the partition, to its vCPU 0; the partition says how */
#define VCPU_MAIL_HALT 0x10u
#define VCPU_MAIL_STARTS (VCPU_MAIL_RESET | VCPU_MAIL_RESTART)

/* Reasons not to return to the guest by the short way. */
#define VCPU_WORK_SCHED 0x1u /* the CPU has something to decide */
#define VCPU_WORK_CONT 0x2u  /* a long call goes on */

struct vtimer {
    hv_time expiry;   /* HV_NEVER: disarmed */
    hv_time interval; /* 0: one shot */
};

/* What waits for the end of a call besides the guest. */
#define VCPU_IN_TRACE 0x1u /* its end is told to the trace stream */
#define VCPU_IN_BATCH 0x2u /* the batch goes on */

/* A call that is longer than one piece: operation, checked arguments, progress. Guest registers
 * are not read again; `step` does one bounded piece and clears itself when it is done. */
struct vcpu_cont {
    void (*step)(struct vcpu *vcpu);
    void (*cancel)(struct vcpu *vcpu); /* gives back what it holds; null: nothing */
    void *object;                      /* what it works on, or where it copies from */
    hv_addr guest;                     /* buffer */
    u32 size;
    u32 done;
    u32 aux;
};

/* A batch of calls that the vCPU is in. Its calls may be long ones: `cont` is theirs meanwhile. */
struct vcpu_batch {
    void (*step)(struct vcpu *vcpu);
    hv_addr at; /* the entry that is next, or was called ... */
    hv_addr end;
    u32 words; /* ... with so many arguments */
    bool called;
    hv_addr saved[5]; /* the guest's registers */
};

/* What is asked for most comes first: small offsets make short instructions. */
struct vcpu {
    u32 pend_ext; /* atomic: set by anybody, cleared by the owner */
    u32 pend_hw;
    u32 work; /* VCPU_WORK_* */
    enum vcpu_state state;
    partition_control_table_t *pct;
    struct partition *partition;
    struct cpu *cpu; /* the one CPU that owns it */
    struct vcpu_cont cont;
    enum vcpu_wait wait;
    struct arch_vcpu arch;
    u32 number;   /* in its partition */
    u32 index;    /* in the system: vcpu_of() */
    u32 mail;     /* atomic: VCPU_MAIL_* */
    u32 starting; /* atomic: mail was taken that starts it, and it has not yet */
    u32 opmode;   /* PRTOS_OPMODE_* */
    bool timers;  /* one of the two is armed */
    u32 console_bits;
    u32 lines;      /* interrupt lines of the machine that it handles */
    u32 lines_held; /* level lines that were delivered and not yet cleared */
    struct vtimer hw_timer;
    struct vtimer exec_timer;
    hv_time exec;       /* execution time up to `dispatched` */
    hv_time dispatched; /* when it got the CPU, if it has it */
    u32 nested;         /* VCPU_IN_*: what a call is part of */
    u32 called;         /* number of the call whose end has to be told */
    struct vcpu_batch batch;
    struct prtos_clock *clock; /* the page in the PCT where the guest reads the time */
    u32 clock_sequence;
    u16 trap_vector[NO_TRAPS] __attribute__((aligned(4)));
    u16 hw_vector[PRTOS_VT_HW_MAX];
    u16 ext_vector[PRTOS_VT_EXT_MAX];
    u32 routed_hw; /* bit n: its vector is not 0 */
    u32 routed_ext;
    hv_addr reset_entry; /* of the reset that is posted */
    hv_addr reset_root;  /* its address space */
    u32 reset_word;      /* its status */
    u32 reset_counter;
    u32 reset_status;
    u64 n_virqs;
    struct message_stats stats;
    prtos_word_t raised[PRTOS_HMLOG_PAYLOAD_LENGTH]; /* what it said of its own error */
};

/* Begins a long call: from now on its steps run instead of the guest. */
static inline void vcpu_continue(struct vcpu *vcpu, const struct vcpu_cont *cont)
{
    vcpu->cont = *cont;
    vcpu->work |= VCPU_WORK_CONT;
}

/* Does the steps of a long call right here, with a breath before each; its result. An interrupt on
 * the way does not come back: then sched_resume() does the rest. */
s32 vcpu_pieces(struct vcpu *vcpu);

/* The long call is over with this result. */
void vcpu_finish(struct vcpu *vcpu, s32 result);

/* The same for steps that nobody waits for: the guest's registers stay as they are. */
void vcpu_end(struct vcpu *vcpu);

/* Halts a vCPU on the spot: out of the hardware, nothing pending, no timers, no call going on. */
void vcpu_quiet(struct vcpu *vcpu);

/* Puts a quiet vCPU into the state that a start begins from, in bounded pieces 0, 1, ...; false
 * when the last one is done. */
bool vcpu_clear(struct vcpu *vcpu, u32 piece);

/* Makes a cleared vCPU ready at `entry`, with the address space `root`; 0: its image's. */
void vcpu_start(struct vcpu *vcpu, hv_addr entry, hv_addr root, u32 status);

/* Begins a restart by steps in the vCPU's slots, which end in vcpu_start(). */
void vcpu_restart(struct vcpu *vcpu, u32 opmode, const struct vcpu_cont *cont);

/* Asks the CPU that owns `vcpu` for a change of state, from `self`. At once if it is this CPU's,
 * else posted, with an IPI if that disturbs nobody else; nobody waits. */
void vcpu_post(struct cpu *self, struct vcpu *vcpu, u32 request);

/* On the owner: does what was posted. */
void vcpu_take_mail(struct vcpu *vcpu);

/* Atomic: how many starts (VCPU_MAIL_STARTS) were posted so far. */
extern u32 vcpu_starts;

/* Whether it is not halted, or about to be started: asked by any CPU. */
bool vcpu_alive(const struct vcpu *vcpu);

/* What a request would do in a state: PRTOS_OK or PRTOS_NO_ACTION. */
s32 vcpu_request_code(enum vcpu_state state, u32 request);

/* Whether the vCPU would run if it were its slot. */
static inline bool vcpu_runnable(const struct vcpu *vcpu)
{
    return vcpu->state == VCPU_READY && vcpu->wait == VCPU_RUNS;
}

#endif
