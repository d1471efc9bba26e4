/* SPDX-License-Identifier: Apache-2.0 */
/* System partition: begins each attempt by a warm reset of the attacker, learns how it ended from
 * the health log and the attacker's own word, and asks the victim. */
#include <stdio.h>
#include "attacks.h"

#define PATIENCE 8 /* frames until an attempt counts as still running; a cold reload takes five */
#define CALM 8     /* frames before the first attempt */
#ifdef REAL_TIME
#define LATEST 2000000000 /* ns: the host decides */
#else
#define LATEST 1500
#endif

static prtos_u32_t n_lines, strangers, disorder, last_sequence, frames_before;
static prtos_u32_t worst; /* ns by which a slot of the victim began late */

/* Events of the attacker since the last look, as ways to end. */
static prtos_u32_t read_log(void)
{
    prtos_hm_log_t entry;
    prtos_u32_t ends = 0;

    while (prtos_hm_read(&entry) == 1) {
        prtos_u32_t sequence = entry.op_code_hi >> HMLOG_OPCODE_SEQ_BIT;

        if ((entry.op_code_lo & HMLOG_OPCODE_PARTID_MASK) != ATTACKER ||
            entry.op_code_hi & HMLOG_OPCODE_SYS_MASK)
            strangers++;
        disorder += sequence <= last_sequence && last_sequence;
        last_sequence = sequence;
        if (!ends)
            ends = 1u << (entry.op_code_lo >> HMLOG_OPCODE_EVENT_BIT);
    }
    return ends;
}

static prtos_u32_t watch(prtos_u32_t id)
{
    prtos_u32_t frames, ends = 0;

    BOARD->attack = id + 1;
    BOARD->result = 0;
    BOARD->begun = 0;
    if (prtos_reset_partition(ATTACKER, PRTOS_WARM_RESET, 0) != PRTOS_OK)
        return 0;
    for (frames = 0; frames < PATIENCE && !ends; frames++) {
        prtos_idle_self();
        ends = read_log();
        if (!ends)
            ends = BOARD->result;
    }
    if (!BOARD->begun)
        return 0;
    return ends ? ends : RUNNING;
}

/* Ends as numbers of events, or in words. */
static void print_ends(prtos_u32_t ends)
{
    static const char *const words[] = {"survived", "wrong", "refused", "running"};
    prtos_u32_t i, more = 0;

    if (ends == ANY)
        printf("any");
    else if (!ends)
        printf("not-begun");
    else
        for (i = 0; i < 30; i++)
            if (ends >> i & 1) {
                printf(more++ ? "|" : "");
                if (i < 26)
                    printf("%d", i);
                else
                    printf("%s", words[i - 26]);
            }
}

static void judge(prtos_u32_t id, prtos_u32_t ends)
{
    printf("[P%d] # %s ", MONITOR, attack_rows[id].name);
    print_ends(attack_rows[id].ends);
    putchar(' ');
    print_ends(ends);
    putchar('\n');
    n_lines++;
}

static void check_victim(const char *attack)
{
    static const char *const names[] = {"words", "registers", "early", "late", "fpu", "table"};
    prtos_u32_t got[6] = {HEALTH->words, HEALTH->registers, HEALTH->early,
                          HEALTH->late,  HEALTH->fpu,       HEALTH->table};
    static const prtos_u32_t most[6] = {0, 0, LATEST, LATEST, 0, 0};
    prtos_u32_t i, bad = HEALTH->frames == frames_before;

    for (i = 0; i < 6; i++)
        if (got[i] > most[i]) {
            printf("[P%d] victim after %s: %s %d\n", MONITOR, attack, names[i], got[i]);
            bad = 1;
        }
    printf("[P%d] # victim.%s 0 %d\n", MONITOR, attack, bad);
    n_lines++;
    frames_before = HEALTH->frames;
    if (HEALTH->late > worst)
        worst = HEALTH->late;
    HEALTH->words = HEALTH->registers = HEALTH->early = HEALTH->late = 0;
    HEALTH->fpu = HEALTH->table = 0;
}

void partition_main(void)
{
    prtos_u32_t i;

    for (i = 0; i < CALM; i++)
        prtos_idle_self();
    for (i = 0; i < ATTACKS; i++) {
        judge(i, watch(i));
        prtos_idle_self();
        check_victim(attack_rows[i].name);
    }
    printf("[P%d] # strangers 0 %d\n", MONITOR, strangers);
    printf("[P%d] # disorder 0 %d\n", MONITOR, disorder);
    printf("[P%d] # worst 1..%d %d\n", MONITOR, LATEST, worst);
    printf("[P%d] = %d\n", MONITOR, n_lines + 3);
    prtos_halt_system();
}
