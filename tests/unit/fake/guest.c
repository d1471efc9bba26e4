/* SPDX-License-Identifier: Apache-2.0 */
/* Guests of the fake architecture: their memory, with rights for each byte, and their calls. */
#include "fake.h"

#include <setjmp.h>

#include "hypercall_table.h"

static struct fake_space spaces[GUEST_SPACES];

void fake_guest_reset(void)
{
    for (u32 i = 0; i < GUEST_SPACES; i++) {
        memset(spaces[i].bytes, 0, GUEST_SIZE);
        memset(spaces[i].rights, GUEST_READ | GUEST_WRITE, GUEST_SIZE);
    }
    fake.space = &spaces[0];
}

struct fake_space *fake_space_of(const struct vcpu *vcpu)
{
    return &spaces[vcpu->partition->id];
}

void fake_space_load(const struct vcpu *vcpu)
{
    fake.space = fake_space_of(vcpu);
}

u8 *guest_at(hv_addr addr)
{
    if (addr < GUEST_BASE || addr >= GUEST_BASE + GUEST_SIZE)
        fake_die("test looks at an address outside the guest");
    return &fake.space->bytes[addr - GUEST_BASE];
}

void guest_rights(hv_addr addr, u32 size, u32 rights)
{
    memset(&fake.space->rights[addr - GUEST_BASE], (int)rights, size);
}

/* A breath inside a call: an interrupt comes, unless the test says that there is none. */
static __thread jmp_buf interrupted;
static __thread bool calling;

void fake_breathe(void)
{
    if (calling && !fake.no_interrupts)
        longjmp(interrupted, 1);
}

s32 fake_call(struct vcpu *vcpu, u32 nr, const hv_addr arg[5])
{
    volatile s32 result = 0;

    fake_space_load(vcpu);
    memcpy(vcpu->arch.arg, arg, sizeof(vcpu->arch.arg));
    calling = true;
    if (!setjmp(interrupted))
        result = hypercall_table[nr](vcpu);
    calling = false;
    return result;
}

/* The byte behind a guest address if the right is there. */
static u8 *guest_byte(uintptr_t addr, u32 right)
{
    if (addr < GUEST_BASE || addr >= GUEST_BASE + GUEST_SIZE ||
        !(fake.space->rights[addr - GUEST_BASE] & right))
        return NULL;
    return &fake.space->bytes[addr - GUEST_BASE];
}

/* Bytes from `at` on, up to `size`, that have a right. Rights are a test's own business, not shared
 * data of the core. */
__attribute__((no_sanitize("thread"))) static u32 guest_run(uintptr_t at, u32 size, u32 right)
{
    u32 n = 0;

    while (n < size && guest_byte(at + n, right))
        n++;
    return n;
}

static void copy_count(hv_addr guest, u32 size)
{
    if (guest >= ARCH_GUEST_LIMIT)
        fake_die("a guest copy beyond the guest");
    fake.copies++;
    if (size > fake.largest_copy)
        fake.largest_copy = size;
}

bool arch_guest_read(void *to, hv_addr from, u32 size)
{
    u32 run;

    copy_count(from, size);
    run = guest_run(from, size, GUEST_READ);
    if (run)
        memcpy(to, guest_byte(from, GUEST_READ), run);
    return run == size;
}

bool arch_guest_write(hv_addr to, const void *from, u32 size)
{
    u32 run;

    copy_count(to, size);
    run = guest_run(to, size, GUEST_WRITE);
    if (run)
        memcpy(guest_byte(to, GUEST_WRITE), from, run);
    return run == size;
}

bool arch_guest_store32(hv_addr to, u32 value)
{
    return arch_guest_write(to, &value, sizeof(value));
}

bool arch_guest_touch(hv_addr to, u32 size)
{
    for (u32 i = 0; i < size; i++)
        if (!guest_byte(to + i, GUEST_WRITE))
            return false;
    return true;
}
