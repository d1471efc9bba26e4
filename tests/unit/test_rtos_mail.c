/* SPDX-License-Identifier: Apache-2.0 */
/* The mailbox between vCPUs with a thread for each, under the thread sanitizer: nothing is lost,
 * doubled or out of its sender's order; and a sender that was stopped in the middle holds up what
 * comes behind it, for as long as that takes, and nobody. */
/* fake: thread */
/* sources: user/rtos/src/mail.c */
/* flags: -Iuser/rtos/src */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "mail.h"

#define SENDERS 3u
#define LETTERS 20000u
#define IN_FLIGHT 4u /* of each sender; it posts a letter again when that was answered */

struct letter {
    struct rtos_mail mail;
    unsigned sender, number;
    int answered;
};

static struct rtos_mailbox box;
static struct letter letters[SENDERS][IN_FLIGHT];

static void *send_all(void *arg)
{
    struct letter *own = arg;

    for (unsigned i = 0; i < LETTERS; i++) {
        struct letter *letter = &own[i % IN_FLIGHT];

        while (!__atomic_load_n(&letter->answered, __ATOMIC_ACQUIRE))
            sched_yield();
        letter->answered = 0;
        letter->number = i;
        rtos_mail_post(&box, &letter->mail);
    }
    return NULL;
}

static void test_senders(void **state)
{
    unsigned next[SENDERS] = {0}, taken = 0;
    pthread_t threads[SENDERS];

    (void)state;
    for (unsigned i = 0; i < SENDERS; i++) {
        for (unsigned j = 0; j < IN_FLIGHT; j++)
            letters[i][j] = (struct letter){.sender = i, .answered = 1};
        assert_int_equal(pthread_create(&threads[i], NULL, send_all, letters[i]), 0);
    }
    while (taken < SENDERS * LETTERS) {
        struct letter *letter = (struct letter *)rtos_mail_take(&box);

        if (!letter) {
            sched_yield();
            continue;
        }
        assert_int_equal(letter->number, next[letter->sender]);
        next[letter->sender]++;
        taken++;
        __atomic_store_n(&letter->answered, 1, __ATOMIC_RELEASE);
    }
    for (unsigned i = 0; i < SENDERS; i++)
        pthread_join(threads[i], NULL);
    assert_null(rtos_mail_take(&box));
}

/* By hand, the steps of rtos_mail_post(): what stands in `next` until it is tied, is found out. */
static void test_open_end(void **state)
{
    struct letter first = {.number = 1}, open = {.number = 2}, behind = {.number = 3};
    struct rtos_mail *before, *untied;

    (void)state;
    rtos_mail_post(&box, &first.mail);
    assert_ptr_equal(rtos_mail_take(&box), &first);
    assert_null(rtos_mail_take(&box));
    rtos_mail_post(&box, &first.mail);
    rtos_mail_post(&box, &open.mail);
    before = open.mail.next;
    assert_ptr_equal(before, &first);
    untied = &rtos_mail_open_end;
    open.mail.next = untied;
    rtos_mail_post(&box, &behind.mail);
    assert_null(rtos_mail_take(&box));
    assert_null(rtos_mail_take(&box));
    open.mail.next = before;
    assert_ptr_equal(rtos_mail_take(&box), &first);
    assert_ptr_equal(rtos_mail_take(&box), &open);
    assert_ptr_equal(rtos_mail_take(&box), &behind);
    assert_null(rtos_mail_take(&box));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open_end),
        cmocka_unit_test(test_senders),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
