/* SPDX-License-Identifier: Apache-2.0 */
/* Hypercalls about page tables and control registers. Typing a page is a long call: it is taken
 * from all who could write to it, every TLB that may still let them is flushed, then its entries
 * are judged. Nobody waits for another CPU but between pieces, with interrupts let in. */
#include <prtos_inc/hypercalls.h>

#include "hv/arch.h"
#include "hv/cpu.h"
#include "hv/partition.h"
#include "hypercall_table.h"
#include "pages.h"
#include "x86.h"

#define CR0_GUEST (CR0_EM | CR0_TS | CR0_AM) /* what of its CR0 the processor gets */
#define CR4_PAE 0x00000020u

_Static_assert(PAGES_GUEST_SLOTS == HV_PDE, "slots of a directory that are the core's");

/* For the length of a piece; who does not get it tries again in its next one. */
static bool pages_lock(struct partition *partition)
{
    return !__atomic_exchange_n(&partition->pages_lock, 1, __ATOMIC_ACQUIRE);
}

static void pages_unlock(struct partition *partition)
{
    store_release(&partition->pages_lock, 0);
}

static u32 word_read(const struct partition *partition, u32 page)
{
    u32 *word;

    return pages_find(partition, page, &word) && word ? read_once(*word) : 0;
}

/* vCPUs that have a page as a root, and the start of every vCPU. */
static u32 root_references(const struct partition *partition, u32 page)
{
    u32 n = page == (u32)partition->root;

    for (u32 i = 0; i < partition->n_vcpus; i++) {
        const struct arch_vcpu *arch = &partition->vcpus[i].arch;

        if (read_once(partition->vcpus[i].state) == VCPU_HALTED)
            continue;
        n += read_once(arch->kernel_root) == page;
        n += read_once(arch->user_root) == page;
        n += read_once(arch->next_root) == page;
    }
    return n;
}

/* Either this sees the page on its way to be none, or who sends it there sees this. */
bool root_claim(struct vcpu *vcpu, u32 page)
{
    __atomic_store_n(&vcpu->arch.next_root, page, __ATOMIC_SEQ_CST);
    return !(page & 0xfff) && word_read(vcpu->partition, page) == PAGE_IS(PPAG_PTDL1);
}

u32 arch_page_type(const struct partition *partition, hv_phys page, u32 *references)
{
    u32 word = word_read(partition, (u32)page);
    u32 type = word >> PAGE_TYPE_SHIFT & PAGE_TYPE;

    *references = type == PPAG_PTDL1 ? root_references(partition, (u32)page) : word & PAGE_COUNT;
    if (word & PAGE_HALF)
        *references = 0;
    return type;
}

bool arch_page_claim(struct cpu *cpu, const struct partition *partition, u32 page)
{
    page *= CONF_PAGE;
    __atomic_store_n(&cpu->arch.claimed, page | 1, __ATOMIC_SEQ_CST);
    return !page_is_table(word_read(partition, page));
}

void arch_page_release(struct cpu *cpu)
{
    store_release(&cpu->arch.claimed, 0);
}

static void update_step(struct vcpu *vcpu)
{
    s32 code;

    if (!pages_lock(vcpu->partition))
        return;
    code = pages_write(vcpu->cpu, vcpu->partition, (u32)vcpu->cont.guest, vcpu->cont.size);
    pages_unlock(vcpu->partition);
    vcpu_finish(vcpu, code);
}

/* A call on a page goes by pieces from the beginning: the lock may be taken. */
static s32 page_call(struct vcpu *vcpu, void (*step)(struct vcpu *), hv_addr page, u32 word)
{
    vcpu_continue(vcpu, &(struct vcpu_cont){.step = step, .guest = page, .size = word});
    return vcpu_pieces(vcpu);
}

s32 hc_update_page32(struct vcpu *vcpu, hv_addr at, u32 value)
{
    return page_call(vcpu, update_step, at, value);
}

/* Left in the middle: nobody can write to the page, nobody can use it, another call goes on. */
static void type_cancel(struct vcpu *vcpu)
{
    u32 *word;

    pages_find(vcpu->partition, (u32)vcpu->cont.guest, &word);
    atomic_and(word, ~PAGE_BUSY);
}

/* Pieces of its entries. */
static void type_step(struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;
    struct vcpu_cont *cont = &vcpu->cont;
    enum pages_result result;

    if (!pages_lock(partition))
        return;
    result = pages_step(vcpu->cpu, partition, vcpu->arch.kernel_root, (u32)cont->guest, cont->size);
    pages_unlock(partition);
    if (result == PAGES_BAD) {
        cont->size = PPAG_STD;
        cont->aux = (u32)PRTOS_INVALID_PARAM;
    } else if (result == PAGES_DONE) {
        cr3_write(vcpu->arch.root); /* on this CPU the vCPU has done nothing since it began */
        vcpu_finish(vcpu, (s32)cont->aux);
    }
}

/* One CPU after another: who copies into the page comes to an end, who runs this partition flushes.
 * A CPU that is in another slot has loaded CR3 since, or will before it comes back. */
static void flush_step(struct vcpu *vcpu)
{
    struct vcpu_cont *cont = &vcpu->cont;

    for (; cont->done < cpu_count; cont->done++, cont->object = NULL) {
        struct cpu *cpu = cpus[cont->done];
        const struct vcpu *slot = read_once(cpu->slot);

        if (load_acquire(&cpu->arch.claimed) == ((u32)cont->guest | 1))
            return;
        if (cpu == vcpu->cpu || !slot || slot->partition != vcpu->partition)
            continue;
        if (!cont->object) {
            cont->object = cpu;
            cont->aux = read_once(cpu->arch.flushes);
            arch_kick(cpu);
            return;
        }
        if (load_acquire(&cpu->arch.flushes) == cont->aux)
            return;
    }
    cont->aux = PRTOS_OK;
    cont->step = type_step;
}

static void begin_step(struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;
    struct vcpu_cont *cont = &vcpu->cont;
    u32 page = (u32)cont->guest;
    s32 code;

    if (!pages_lock(partition))
        return;
    code = pages_begin(vcpu->cpu, partition, vcpu->arch.kernel_root, page, cont->size);
    if (code == PRTOS_OK) {
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        cont->cancel = type_cancel;
        cont->step = flush_step;
        if (!(word_read(partition, page) & PAGE_HALF) && root_references(partition, page)) {
            type_cancel(vcpu);
            code = PRTOS_OP_NOT_ALLOWED;
        }
    }
    pages_unlock(partition);
    if (code)
        vcpu_finish(vcpu, code);
}

s32 hc_set_page_type(struct vcpu *vcpu, hv_addr page, u32 type)
{
    if (type > PPAG_PTDL2)
        return PRTOS_INVALID_PARAM;
    return page_call(vcpu, begin_step, page, type);
}

s32 hc_invld_tlb(struct vcpu *vcpu, hv_addr at)
{
    if (at == ~(hv_addr)0)
        cr3_write(vcpu->arch.root);
    else if (at < ARCH_GUEST_LIMIT)
        invlpg((const void *)at);
    return PRTOS_OK;
}

/* Paging and protection stay on; of the rest the processor gets what concerns the guest alone. */
s32 hc_x86_load_cr0(struct vcpu *vcpu, hv_addr value)
{
    struct arch_vcpu *arch = &vcpu->arch;

    if (~value & (CR0_PG | CR0_PE))
        return PRTOS_OP_NOT_ALLOWED;
    if (!(arch->extras & EXTRA_FPU))
        value |= CR0_EM;
    arch->cr0 = vcpu_cr0(vcpu) | (value & CR0_GUEST);
    vcpu->pct->arch.cr0 = value | CR0_ET;
    vcpu->cpu->arch.cr0 = arch->cr0;
    cr0_write(arch->cr0);
    return PRTOS_OK;
}

static s32 root_take(struct vcpu *vcpu, u32 page, u32 *root)
{
    bool good = root_claim(vcpu, page);

    if (good)
        write_once(*root, page);
    store_release(&vcpu->arch.next_root, 0);
    return good ? PRTOS_OK : PRTOS_INVALID_PARAM;
}

/* In one piece: who waits for this CPU to flush waits until it has left the old directory. */
s32 hc_x86_load_cr3(struct vcpu *vcpu, hv_addr value)
{
    struct arch_vcpu *arch = &vcpu->arch;
    s32 code = root_take(vcpu, value, &arch->kernel_root);

    arch->root = arch->kernel_root;
    vcpu->pct->arch.cr3 = arch->root;
    cr3_write(arch->root);
    return code;
}

s32 hc_x86_set_user_root(struct vcpu *vcpu, hv_addr value)
{
    if (value)
        return root_take(vcpu, value, &vcpu->arch.user_root);
    write_once(vcpu->arch.user_root, 0);
    return PRTOS_OK;
}

s32 hc_x86_load_cr4(struct vcpu *vcpu, hv_addr value)
{
    if (value & CR4_PAE)
        return PRTOS_OP_NOT_ALLOWED;
    vcpu->pct->arch.cr4 = value;
    return PRTOS_OK;
}
