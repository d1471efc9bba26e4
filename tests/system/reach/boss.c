/* SPDX-License-Identifier: Apache-2.0 */
/* Looks how far and how soon its calls, the team's own and the health monitor reach: all of the
 * team runs on other processors, in slots that do not end before the effect must be seen. `drift`
 * is how often a member went through its loop behind the call that stops it. It is counted from
 * when the call is over: in front of that the emulator may give the other processors a turn at any
 * time, as the host's load has it. */
#include <stdio.h>
#include "../../system/guest/check.h"
#include "board.h"

#define PATIENCE 10000000 /* us: on a busy host a vCPU may not run for seconds */
#define DRIFT 2           /* turns of a loop of some ten instructions */
#define TICK 100

enum { READY = PRTOS_STATUS_READY, SUSPENDED = PRTOS_STATUS_SUSPENDED };
enum { HALTED = PRTOS_STATUS_HALTED };

static const char *step;
static prtos_u32_t counts[MEMBERS], lives[MEMBERS];
static prtos_u32_t received[MEMBERS], wrong;

static const char *name(const char *what, prtos_u32_t member)
{
    static char text[40];

    sprintf(text, "%s.%d.%s", step, member, what);
    return text;
}

static prtos_time_t clock(void)
{
    prtos_time_t now;

    prtos_get_time(PRTOS_HW_CLOCK, &now);
    return now;
}

static prtos_s32_t state_of(prtos_u32_t member)
{
    prtos_virtual_cpu_status_t status;

    prtos_get_partition_vcpu_status(TEAM, member, &status);
    return (prtos_s32_t)status.state;
}

static void remember(const char *what)
{
    prtos_u32_t i;

    step = what;
    for (i = 0; i < MEMBERS; i++) {
        counts[i] = BOARD[i].count;
        lives[i] = BOARD[i].lives;
    }
}

/* The call that stops somebody is over. */
static void told(void)
{
    prtos_u32_t i;

    for (i = 0; i < MEMBERS; i++)
        counts[i] = BOARD[i].count;
}

/* The member comes to a state, and then counts on or stands still. */
static void expect(prtos_u32_t member, prtos_s32_t state)
{
    prtos_time_t end = clock() + PATIENCE;
    prtos_u32_t before;

    while (state_of(member) != state && clock() < end)
        ;
    check(name("state", member), state, state_of(member));
    before = BOARD[member].count;
    if (state != READY)
        check_range(name("drift", member), 0, DRIFT, before - counts[member]);
    end = clock() + (state == READY ? PATIENCE : 1000);
    while (BOARD[member].count == before && clock() < end)
        ;
    check(name("runs", member), state == READY, BOARD[member].count != before);
}

static void expect_all(prtos_s32_t state)
{
    prtos_u32_t i;

    for (i = 0; i < MEMBERS; i++)
        expect(i, state);
}

/* Each member begins anew, once. */
static void expect_lives(prtos_u32_t resets, prtos_u32_t status)
{
    prtos_time_t end = clock() + PATIENCE;
    prtos_part_status_t team;
    prtos_u32_t i;

    for (i = 0; i < MEMBERS; i++) {
        while (BOARD[i].lives == lives[i] && clock() < end)
            ;
        check(name("lives", i), (prtos_s32_t)lives[i] + 1, (prtos_s32_t)BOARD[i].lives);
    }
    prtos_get_partition_status(TEAM, &team);
    check(name("resets", 0), (prtos_s32_t)resets, (prtos_s32_t)team.reset_counter);
    check_word(name("status", 0), status, team.reset_status);
    expect_all(READY);
}

static void tell(prtos_u32_t member, prtos_u32_t command, const char *what)
{
    prtos_time_t end = clock() + PATIENCE;
    prtos_u32_t i;

    remember(what);
    BOARD[member].command = command;
    while (BOARD[member].command && clock() < end)
        ;
    for (i = 0; i < MEMBERS; i++)
        counts[i] = BOARD[member].seen[i];
}

static void expect_answer(prtos_u32_t member, prtos_s32_t answer)
{
    prtos_time_t end = clock() + PATIENCE;

    prtos_u32_t i;

    while (BOARD[member].answer == 99 && clock() < end)
        ;
    for (i = 0; i < MEMBERS; i++)
        counts[i] = BOARD[member].seen[i];
    check(name("answer", member), answer, BOARD[member].answer);
}

/* The last member has stopped itself and all others; they were told before it was. */
static void expect_end(prtos_s32_t state)
{
    const prtos_u32_t last = MEMBERS - 1;
    prtos_u32_t own = counts[last];
    prtos_time_t end = clock() + PATIENCE;

    while (state_of(last) != state && clock() < end)
        ;
    told();
    counts[last] = own;
    expect_all(state);
}

static void partition_calls(void)
{
    prtos_s32_t code;

    remember("suspend");
    code = prtos_suspend_partition(TEAM);
    told();
    check("suspend", PRTOS_OK, code);
    expect_all(SUSPENDED);
    check("suspend.again", PRTOS_NO_ACTION, prtos_suspend_partition(TEAM));
    remember("resume");
    check("resume", PRTOS_OK, prtos_resume_partition(TEAM));
    expect_all(READY);
    remember("warm");
    check("warm", PRTOS_OK, prtos_reset_partition(TEAM, PRTOS_WARM_RESET, 0x77));
    expect_lives(1, 0x77);
    remember("cold");
    check("cold", PRTOS_OK, prtos_reset_partition(TEAM, PRTOS_COLD_RESET, 0x78));
    expect_lives(0, 0x78);
    remember("halt");
    code = prtos_halt_partition(TEAM);
    told();
    check("halt", PRTOS_OK, code);
    expect_all(HALTED);
    remember("revive");
    check("revive", PRTOS_OK, prtos_reset_partition(TEAM, PRTOS_WARM_RESET, 0x79));
    expect_lives(1, 0x79);
}

static void vcpu_calls(void)
{
    tell(0, SUSPEND_NEXT, "v.suspend");
    expect_answer(0, PRTOS_OK);
    expect(1, SUSPENDED);
    expect(0, READY);
    expect(2, READY);
    tell(0, RESUME_NEXT, "v.resume");
    expect_answer(0, PRTOS_OK);
    expect(1, READY);
    tell(1, HALT_NEXT, "v.halt");
    expect_answer(1, PRTOS_OK);
    expect(2, HALTED);
    tell(1, RESET_NEXT, "v.reset");
    expect_answer(1, PRTOS_OK);
    expect(2, READY);
    check("v.reset.lives", (prtos_s32_t)lives[2] + 1, (prtos_s32_t)BOARD[2].lives);
    check("v.reset.lives0", (prtos_s32_t)lives[0], (prtos_s32_t)BOARD[0].lives);
    tell(2, SUSPEND_SELF, "v.self");
    expect(2, SUSPENDED);
    tell(1, RESUME_NEXT, "v.self-resume");
    expect_answer(2, PRTOS_OK); /* of the call by which it suspended itself */
    expect(2, READY);
    tell(2, RESET_SELF, "v.reset-self");
    expect(2, READY);
    check("v.reset-self.lives", (prtos_s32_t)lives[2] + 1, (prtos_s32_t)BOARD[2].lives);
    check("v.reset-self.answer", 99, BOARD[2].answer); /* it does not return */
}

static void health_actions(void)
{
    const prtos_u32_t by_health = 3u << 16;

    tell(1, OPERAND, "h.warm");
    expect_lives(2, by_health | OPERAND_EVENT);
    tell(2, CALL, "h.suspend");
    expect_end(SUSPENDED);
    remember("h.resume");
    check("h.resume", PRTOS_OK, prtos_resume_partition(TEAM));
    expect_all(READY);
    tell(2, OPCODE, "h.cold");
    expect_lives(0, by_health | OPCODE_EVENT);
    tell(2, OTHER, "h.halt");
    expect_end(HALTED);
    remember("h.revive");
    check("h.revive", PRTOS_OK, prtos_reset_partition(TEAM, PRTOS_COLD_RESET, 0));
    expect_lives(0, 0);
}

static void interrupts(void)
{
    prtos_time_t end = clock() + PATIENCE;
    prtos_u32_t i;

    step = "irq";
    check("ipvi", PRTOS_OK, prtos_raise_ipvi(PRTOS_VT_EXT_IPVI0));
    check("shutdown", PRTOS_OK, prtos_shutdown_partition(TEAM));
    for (i = 0; i < MEMBERS; i++) {
        while (!(BOARD[i].ipvis && BOARD[i].shutdowns) && clock() < end)
            ;
        check(name("ipvis", i), 1, (prtos_s32_t)BOARD[i].ipvis);
        check(name("shutdowns", i), 1, (prtos_s32_t)BOARD[i].shutdowns);
    }
}

static void take(const prtos_u32_t *message)
{
    prtos_u32_t member = message[0] & 0xff;
    prtos_u32_t i;

    if (member >= MEMBERS || message[0] >> 8 != received[member]) {
        wrong++;
        return;
    }
    for (i = 1; i < WORDS; i++)
        wrong += message[i] != message[0];
    received[member]++;
}

/* All members send through the one port of their partition. */
static void one_port(prtos_s32_t port)
{
    prtos_time_t end = clock() + 4 * PATIENCE;
    prtos_u32_t message[WORDS];
    prtos_u32_t i, n = 0;

    step = "port";
    for (i = 0; i < MEMBERS; i++)
        BOARD[i].command = SEND;
    while (n < MEMBERS * MESSAGES && clock() < end)
        if (prtos_receive_queuing_message(port, message, sizeof(message)) == sizeof(message)) {
            take(message);
            n++;
        }
    for (i = 0; i < MEMBERS; i++)
        check(name("received", i), MESSAGES, (prtos_s32_t)received[i]);
    check("port.wrong", 0, (prtos_s32_t)wrong);
    check("port.more", PRTOS_OP_NOT_ALLOWED,
          prtos_receive_queuing_message(port, message, sizeof(message)));
}

void partition_main(void)
{
    prtos_s32_t port = prtos_create_queuing_port("in", 16, WORDS * 4, PRTOS_DESTINATION_PORT);

    prtos_set_timer(PRTOS_HW_CLOCK, clock(), TICK);
    remember("start");
    expect_all(READY);
    partition_calls();
    vcpu_calls();
    health_actions();
    interrupts();
    one_port(port);
    check_end();
    prtos_halt_system();
}
