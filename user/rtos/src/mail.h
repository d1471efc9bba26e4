/* SPDX-License-Identifier: Apache-2.0 */
/* Mailboxes between the kernels of a partition's vCPUs: any of them posts, the owner takes. Neither
 * ever waits for the other, in the middle of what step the other may have lost its processor. */
#ifndef RTOS_MAIL_H
#define RTOS_MAIL_H

/* It is its sender's until it is posted, then the owner's once it has taken it. */
struct rtos_mail {
    struct rtos_mail *next;
};

struct rtos_mailbox {
    struct rtos_mail *last;           /* posted, the latest first */
    struct rtos_mail *held;           /* the owner's: taken out, not yet turned round */
    struct rtos_mail *turned, *first; /* turned round; complete, the earliest first */
};

/* Stands where the next one is not tied yet. */
extern struct rtos_mail rtos_mail_open_end;

/* The owner is to be told behind it, each time. */
void rtos_mail_post(struct rtos_mailbox *box, struct rtos_mail *mail);

/* In the order of each sender. Null: there is none, or one is being posted that comes first. */
struct rtos_mail *rtos_mail_take(struct rtos_mailbox *box);

#endif
