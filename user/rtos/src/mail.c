/* SPDX-License-Identifier: Apache-2.0 */
/* A sender puts its mail in the place of the latest one, then ties that to it: two steps, whatever
 * others do. Between them the chain is open; the owner sees that and leaves what lies before for
 * the next time it is told. */
#include "mail.h"

struct rtos_mail rtos_mail_open_end;

void rtos_mail_post(struct rtos_mailbox *box, struct rtos_mail *mail)
{
    struct rtos_mail *before;

    __atomic_store_n(&mail->next, &rtos_mail_open_end, __ATOMIC_RELAXED);
    before = __atomic_exchange_n(&box->last, mail, __ATOMIC_ACQ_REL);
    __atomic_store_n(&mail->next, before, __ATOMIC_RELEASE);
}

/* Whether all that was taken out is in the right order. */
static int turn_round(struct rtos_mailbox *box)
{
    while (box->held) {
        struct rtos_mail *next = __atomic_load_n(&box->held->next, __ATOMIC_ACQUIRE);

        if (next == &rtos_mail_open_end)
            return 0;
        box->held->next = box->turned;
        box->turned = box->held;
        box->held = next;
    }
    box->first = box->turned;
    box->turned = (struct rtos_mail *)0;
    return 1;
}

struct rtos_mail *rtos_mail_take(struct rtos_mailbox *box)
{
    struct rtos_mail *mail;

    if (!box->first) {
        if (!box->held && !box->turned)
            box->held = __atomic_exchange_n(&box->last, (struct rtos_mail *)0, __ATOMIC_ACQ_REL);
        if (!turn_round(box))
            return (struct rtos_mail *)0;
    }
    mail = box->first;
    if (mail)
        box->first = mail->next;
    return mail;
}
