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

#define WINDOWS_GUARD 2u

_Thread_local u64 fake_count;
_Thread_local u32 fake_looks;
_Thread_local struct fake fake;
u8 *fake_phys;

static _Thread_local jmp_buf jump;
static _Thread_local bool jump_set;
static int phys_file = -1;
static u8 *windows;

void fake_die(const char *what)
{
    fprintf(stderr, "fake architecture: %s\n", what);
    abort();
}

static void phys_open(void)
{
    u32 size = (CONF_MAX_CPUS * ARCH_WINDOWS + 2 * WINDOWS_GUARD) * CONF_PAGE;
    void *place;

    phys_file = memfd_create("phys", 0);
    /* As large as the address space; what nobody touches takes no memory. */
    if (phys_file < 0 || ftruncate(phys_file, 1ll << 32))
        fake_die("no memory file");
    place = mmap(NULL, PHYS_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, phys_file, PHYS_BASE);
    windows = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED || windows == (u8 *)MAP_FAILED)
        fake_die("no mapping");
    fake_phys = place;
    windows += WINDOWS_GUARD * CONF_PAGE;
}

void fake_arch_reset(void)
{
    if (phys_file < 0)
        phys_open();
    if ((uintptr_t)&fake < 1ull << 32)
        fake_die("the program's own addresses look like a guest's");
    memset(fake_phys, 0, PHYS_SIZE);
    fake = (struct fake){.khz = 1000000, .uart_ready = 64, .cpus_found = 1};
    fake_count = 0;
    fake_guest_reset();
}

static _Noreturn void leave(enum fake_exit code)
{
    if (!jump_set)
        fake_die("left the core without fake_catch()");
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

void *arch_window(struct cpu *cpu, u32 which, hv_phys phys)
{
    u64 page = phys / CONF_PAGE * CONF_PAGE;
    u8 *at = windows + (cpu->id * ARCH_WINDOWS + which) * CONF_PAGE;

    if (which >= ARCH_WINDOWS)
        fake_die("no such window");
    /* What lies outside the memory is not there: an access ends the program. */
    if ((page < PHYS_BASE || page >= PHYS_BASE + PHYS_SIZE) && !fake.memory_anywhere) {
        if (mmap(at, CONF_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at)
            fake_die("no window");
    } else if (mmap(at, CONF_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, phys_file,
                    (off_t)page) != at) {
        fake_die("no window");
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

u64 arch_cpu_count(const struct cpu *cpu)
{
    (void)cpu;
    fake_count += 2 * fake.asking_takes;
    return fake_count - fake.asking_takes + fake.count_of_them;
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
    fake_breathe();
}

void arch_kick(struct cpu *cpu)
{
    __atomic_fetch_add(&cpu->arch.kicks, 1, __ATOMIC_SEQ_CST);
    fake.kicks++;
}

void arch_timer_arm(struct cpu *cpu, u32 wait)
{
    cpu->arch.deadline = cpu->looked_at + wait;
    cpu->arch.arms++;
}

bool arch_timer_room(const struct cpu *cpu, u32 ns)
{
    return clock_now() + ns < cpu->arch.deadline;
}

void arch_await(u64 count)
{
    if (fake_count < count)
        fake_count = count;
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

void arch_vcpu_start(struct vcpu *vcpu, hv_addr entry, hv_addr root)
{
    vcpu->arch.root = root;
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

bool arch_kernel_enter(struct vcpu *vcpu)
{
    bool was = vcpu->arch.process;

    vcpu->arch.deaf = vcpu->arch.deaf && !was;
    vcpu->arch.process = false;
    return was;
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

void arch_ports_init(struct partition *partition, const struct conf_partition *row, u8 *map)
{
    memset(map, 0xff, 16);
    (void)row;
    partition->io_map = 1;
}

void arch_line_set(struct cpu *cpu, u32 line, enum arch_line state)
{
    cpu->arch.lines_open &= ~(1u << line);
    cpu->arch.lines_open |= (u32)(state == ARCH_LINE_OPEN) << line;
    cpu->arch.lines_kept &= ~(1u << line);
    cpu->arch.lines_kept |= (u32)(state == ARCH_LINE_KEPT) << line;
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
    char *to = id ? fake.second : fake.uart;
    u32 *at = id ? &fake.second_size : &fake.uart_size;

    if (size > fake.uart_ready)
        size = fake.uart_ready;
    if (size > sizeof(fake.uart) - *at)
        fake_die("too much text");
    memcpy(to + *at, bytes, size);
    *at += size;
    return size;
}

u32 arch_records(void)
{
    return fake.records ? fake.records : CONF_NONE;
}

bool arch_uart_free(const struct conf_header *conf, u32 id)
{
    (void)conf;
    return id == 1;
}

static u32 vga_push(u32 id, const char *bytes, u32 size)
{
    (void)id;
    if (size > sizeof(fake.vga) - fake.vga_size)
        fake_die("too much text");
    memcpy(fake.vga + fake.vga_size, bytes, size);
    fake.vga_size += size;
    return size;
}

const struct text_driver uart_driver = {text_init, uart_push, 64};
static const struct text_driver vga = {text_init, vga_push, 64};
const struct text_driver *const text_drivers[TEXT_DRIVERS] = {
    [CONF_DEV_UART] = &uart_driver, [CONF_DEV_VGA] = &vga};
