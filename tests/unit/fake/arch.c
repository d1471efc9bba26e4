/* SPDX-License-Identifier: Apache-2.0 */
/* What an architecture provides (hv/arch.h), by plain variables: time stands still until a test
 * moves it, guest memory fails at the byte whose rights are missing, what never returns jumps back
 * to fake_catch(). Windows are real mappings, so that a wrong page or order shows. */
#include "fake.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hv/driver.h"
#include "hv/health.h"
#include "hypercall_table.h"

#define WINDOWS_GUARD 2u

u64 fake_count;
_Thread_local u32 fake_looks;
_Thread_local struct fake fake;
u8 *fake_phys;

static struct fake_space spaces[GUEST_SPACES];
static jmp_buf jump;
static bool jump_set;
static int phys_file = -1;
static u8 *windows;

static void die(const char *what)
{
    fprintf(stderr, "fake architecture: %s\n", what);
    abort();
}

static void phys_open(void)
{
    u32 size = (ARCH_WINDOWS + 2 * WINDOWS_GUARD) * CONF_PAGE;
    void *place;

    phys_file = memfd_create("phys", 0);
    if (phys_file < 0 || ftruncate(phys_file, PHYS_SIZE))
        die("no memory file");
    place = mmap(NULL, PHYS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, phys_file, 0);
    windows = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED || windows == (u8 *)MAP_FAILED)
        die("no mapping");
    fake_phys = place;
    windows += WINDOWS_GUARD * CONF_PAGE;
}

void fake_arch_reset(void)
{
    if (phys_file < 0)
        phys_open();
    if ((uintptr_t)&fake < 1ull << 32)
        die("the program's own addresses look like a guest's");
    memset(fake_phys, 0, PHYS_SIZE);
    fake = (struct fake){.khz = 1000000, .uart_ready = 64, .cpus_found = 1};
    fake_count = 0;
    for (u32 i = 0; i < GUEST_SPACES; i++) {
        memset(spaces[i].bytes, 0, GUEST_SIZE);
        memset(spaces[i].rights, GUEST_READ | GUEST_WRITE, GUEST_SIZE);
    }
    fake.space = &spaces[0];
}

static _Noreturn void leave(enum fake_exit code)
{
    if (!jump_set)
        die("left the core without fake_catch()");
    jump_set = false;
    longjmp(jump, code);
}

enum fake_exit fake_catch(void (*call)(void *arg), void *arg)
{
    int code = setjmp(jump);

    if (code)
        return (enum fake_exit)code;
    jump_set = true;
    call(arg);
    jump_set = false;
    return FAKE_RETURNED;
}

static void resume_call(void *arg)
{
    sched_resume(arg);
}

enum fake_exit fake_resume(struct cpu *cpu)
{
    return fake_catch(resume_call, cpu);
}

void fake_time(hv_time now)
{
    fake_count = clock_scale.base + now;
    fake_looks = 0;
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
        die("test looks at an address outside the guest");
    return &fake.space->bytes[addr - GUEST_BASE];
}

void guest_rights(hv_addr addr, u32 size, u32 rights)
{
    memset(&fake.space->rights[addr - GUEST_BASE], (int)rights, size);
}

s32 fake_call(struct vcpu *vcpu, u32 nr, const hv_addr arg[5])
{
    fake_space_load(vcpu);
    memcpy(vcpu->arch.arg, arg, sizeof(vcpu->arch.arg));
    return hypercall_table[nr](vcpu);
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

bool arch_guest_copy(void *to, const void *from, u32 size)
{
    uintptr_t t = (uintptr_t)to;
    uintptr_t f = (uintptr_t)from;
    u32 run;

    if ((t < ARCH_GUEST_LIMIT) == (f < ARCH_GUEST_LIMIT))
        die("a guest copy has one guest side");
    fake.copies++;
    if (size > fake.largest_copy)
        fake.largest_copy = size;
    if (t < ARCH_GUEST_LIMIT) {
        run = guest_run(t, size, GUEST_WRITE);
        if (run)
            memcpy(guest_byte(t, GUEST_WRITE), from, run);
    } else {
        run = guest_run(f, size, GUEST_READ);
        if (run)
            memcpy(to, guest_byte(f, GUEST_READ), run);
    }
    return run == size;
}

bool arch_guest_store32(u32 *to, u32 value)
{
    return arch_guest_copy(to, &value, sizeof(value));
}

bool arch_guest_touch(void *to, u32 size)
{
    for (u32 i = 0; i < size; i++)
        if (!guest_byte((uintptr_t)to + i, GUEST_WRITE))
            return false;
    return true;
}

void *arch_window(struct cpu *cpu, u32 which, hv_phys phys)
{
    u64 page = phys / CONF_PAGE * CONF_PAGE;
    u8 *at = windows + which * CONF_PAGE;

    (void)cpu;
    if (which >= ARCH_WINDOWS)
        die("no such window");
    /* What lies outside the memory is not there: an access ends the program. */
    if (page < PHYS_BASE || page >= PHYS_BASE + PHYS_SIZE) {
        if (mmap(at, CONF_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at)
            die("no window");
    } else if (mmap(at, CONF_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, phys_file,
                    (off_t)(page - PHYS_BASE)) != at) {
        die("no window");
    }
    return at;
}

void arch_boot(void)
{
}

u32 arch_clock_measure(u64 *base)
{
    *base = fake_count;
    return fake.khz;
}

u64 arch_memory_end(void)
{
    return PHYS_BASE + PHYS_SIZE;
}

void arch_memory_init(const struct conf_header *conf, void *tables)
{
    (void)conf;
    (void)tables;
}

struct cpu *arch_cpu_place(void *block)
{
    return block;
}

void arch_cpu_start(struct cpu *cpu)
{
    (void)cpu;
}

u32 arch_cpus_boot(u32 wanted)
{
    return fake.cpus_found < wanted ? fake.cpus_found : wanted;
}

void arch_cpus_release(void)
{
    fake.released++;
}

void arch_cpu_enter(struct cpu *cpu)
{
    (void)cpu;
    leave(FAKE_CPU_ENTER);
}

const void *arch_container(u64 *size)
{
    *size = fake.container_size;
    return fake.container;
}

void *arch_image_end(void)
{
    return fake.image_end;
}

hv_phys arch_core_phys(const void *core)
{
    return (uintptr_t)core;
}

void *arch_core_virt(hv_phys phys)
{
    return (void *)phys;
}

void arch_enter(struct vcpu *vcpu)
{
    fake.entered = vcpu;
    leave(FAKE_ENTER);
}

void arch_idle(struct cpu *cpu)
{
    (void)cpu;
    leave(FAKE_IDLE);
}

void arch_breathe(void)
{
    if (fake.on_breathe)
        fake.on_breathe();
}

void arch_kick(struct cpu *cpu)
{
    cpu->arch.kicks++;
    fake.kicks++;
}

void arch_timer_arm(struct cpu *cpu, u32 wait)
{
    cpu->arch.deadline = cpu->looked_at + wait;
    cpu->arch.arms++;
}

void arch_power_off(bool good)
{
    fake.powered_off_good = good;
    leave(FAKE_POWER_OFF);
}

void arch_restart(struct cpu *self)
{
    (void)self;
    fake.restarts++;
    leave(FAKE_RESTART);
}

void arch_stop_others(struct cpu *self)
{
    (void)self;
    fake.stops++;
}

void arch_vcpu_init(struct vcpu *vcpu)
{
    vcpu->arch.inits++;
}

void arch_vcpu_start(struct vcpu *vcpu, hv_addr entry)
{
    vcpu->arch.entry = entry;
    vcpu->arch.starts++;
}

void arch_vcpu_switch(struct cpu *cpu, struct vcpu *from, struct vcpu *to)
{
    cpu->arch.switches++;
    if (to)
        fake_space_load(to);
    if (fake.on_switch)
        fake.on_switch(cpu, from, to);
}

bool arch_virq_inject(struct vcpu *vcpu, u32 vector)
{
    if (vcpu->arch.deaf)
        return false;
    vcpu->arch.injected++;
    vcpu->arch.vector = vector;
    return true;
}

bool arch_trap_inject(struct vcpu *vcpu, u32 trap, u32 error)
{
    if (vcpu->arch.deaf)
        return false;
    vcpu->arch.trapped++;
    vcpu->arch.trap = trap;
    vcpu->arch.error = error;
    return true;
}

void arch_vcpu_away(struct vcpu *vcpu)
{
    vcpu->arch.entry = 0;
}

void arch_vcpu_result(struct vcpu *vcpu, s32 result)
{
    vcpu->arch.results++;
    vcpu->arch.result = result;
}

s32 arch_vcpu_answer(const struct vcpu *vcpu)
{
    return vcpu->arch.result;
}

void arch_context(const struct vcpu *vcpu, struct health_context *context)
{
    *context = (struct health_context){.pc = vcpu->arch.entry, .psr = 0x202, .valid = true};
}

const char *arch_space_check(const struct partition *partition, u64 page_table, u64 size)
{
    (void)partition;
    (void)page_table;
    (void)size;
    return fake.space_error;
}

bool arch_space_step(struct cpu *cpu, struct partition *partition, u32 progress[4])
{
    (void)cpu;
    (void)partition;
    return ++progress[0] < fake.space_steps;
}

void arch_line_set(struct cpu *cpu, u32 line, bool open)
{
    cpu->arch.lines_open &= ~(1u << line);
    cpu->arch.lines_open |= (u32)open << line;
}

void arch_line_clear(u32 line)
{
    cpus[0]->arch.lines_cleared |= 1u << line;
}

static void text_init(u32 id, u32 baud)
{
    (void)id;
    (void)baud;
}

static u32 uart_push(u32 id, const char *bytes, u32 size)
{
    (void)id;
    if (size > fake.uart_ready)
        size = fake.uart_ready;
    if (size > sizeof(fake.uart) - fake.uart_size)
        die("too much text");
    memcpy(fake.uart + fake.uart_size, bytes, size);
    fake.uart_size += size;
    return size;
}

static u32 vga_push(u32 id, const char *bytes, u32 size)
{
    (void)id;
    if (size > sizeof(fake.vga) - fake.vga_size)
        die("too much text");
    memcpy(fake.vga + fake.vga_size, bytes, size);
    fake.vga_size += size;
    return size;
}

const struct text_driver uart_driver = {text_init, uart_push, 64};
const struct text_driver vga_driver = {text_init, vga_push, 64};
