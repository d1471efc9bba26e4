/* SPDX-License-Identifier: Apache-2.0 */
/* Records of what the consoles took: whole and in order whatever the second UART takes at a time,
 * what does not fit is counted, and no writer sees a difference. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "fake.h"
#include "hv/console.h"
#include "hv/driver.h"
#include "hv/setup.h"
#include "hv/system.h"
#include "random.h"

#define BUFFER (GUEST_BASE + 0x1000)
#define RING 4096u
#define RECORD_RING 3900u /* at least so much fits */
#define COM1 0u
#define VGA 1u
#define WRITES 3000u

static void boot(u32 uart, u32 records)
{
    fake_one_cpu();
    fake_device(CONF_DEV_UART, uart, 0, 0);
    fake_device(CONF_DEV_VGA, 0, 0, 0);
    fake_conf()->console = COM1;
    fake_partition("left", 0, 1);
    fake_conf_partition(0)->console = COM1;
    fake_partition("right", 0, 1);
    fake_conf_partition(1)->console = VGA;
    fake_partition("mute", 0, 1);
    fake_boot();
    system_conf = fake_conf();
    fake.records = records;
    console_init(fake_conf(), setup_devices());
}

/* Tests with records come last: boot clears .bss, nothing does here. */
static void nobody_asked(void **state)
{
    (void)state;
    boot(0, 0);
    console_print("a line\n");
    assert_int_equal(fake.uart_size, 7);
    assert_int_equal(fake.second_size, 0);
}

static void refused_with_a_line(void **state)
{
    static const u32 cases[][2] = {{1, 1}, {0, 2}, {0, 9}};

    (void)state;
    for (u32 i = 0; i < ARRAY_SIZE(cases); i++) {
        u32 before;

        boot(cases[i][0], cases[i][1]);
        before = fake.second_size + fake.uart_size;
        assert_in_range(before, 10, 100); /* said on the console */
        console_print("x");
        assert_int_equal(fake.second_size + fake.uart_size, before + 1);
        assert_memory_not_equal(cases[i][0] ? fake.second : fake.uart, "\x1e", 1);
    }
}

struct written {
    u32 source;
    u32 size;
    char text[CONSOLE_LINE];
};

static struct written written[WRITES];
static u32 n_written;

/* One record of the stream at `at`; where the next one is. */
static u32 record_at(u32 at, struct record_head *head, const char **text)
{
    assert_true(at + sizeof(*head) <= fake.second_size);
    memcpy(head, fake.second + at, sizeof(*head));
    assert_int_equal(head->mark, RECORD_MARK);
    *text = fake.second + at + sizeof(*head);
    at += (u32)sizeof(*head) + head->size;
    assert_true(at <= fake.second_size);
    return at;
}

static u32 names_read(void)
{
    const char *system = conf_text(fake_conf(), fake_conf()->name);
    const char *names[] = {system, "left", "right", "mute"};
    struct record_head head;
    const char *text;
    u32 at = 0;

    for (u32 i = 0; i < ARRAY_SIZE(names); i++) {
        at = record_at(at, &head, &text);
        assert_int_equal(head.kind, RECORD_NAME);
        assert_int_equal(head.source, i ? i - 1 : RECORD_SYSTEM);
        assert_int_equal(head.size, strlen(names[i]));
        assert_memory_equal(text, names[i], head.size);
    }
    return at;
}

/* The whole stream against what was written; how many were lost. */
static u32 stream_judge(void)
{
    struct record_head head;
    const char *text;
    u32 at = names_read();
    u32 next = 0, lost = 0;

    while (at < fake.second_size) {
        at = record_at(at, &head, &text);
        if (head.kind == RECORD_LOST) {
            u32 count;

            assert_int_equal(head.size, sizeof(count));
            memcpy(&count, text, sizeof(count));
            assert_int_not_equal(count, 0);
            next += count;
            lost += count;
            continue;
        }
        assert_int_equal(head.kind, RECORD_TEXT);
        assert_true(next < n_written);
        assert_int_equal(head.source, written[next].source);
        assert_int_equal(head.size, written[next].size);
        assert_memory_equal(text, written[next].text, head.size);
        next++;
    }
    assert_int_equal(next, n_written);
    return lost;
}

static s32 put(u32 id, u32 size)
{
    fake_space_load(vcpu_of(id));
    for (u32 i = 0; i < size; i++)
        guest_at(BUFFER)[i] = (u8)random_u64();
    return CALL(vcpu_of(id), write_object_nr, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, id, 0), BUFFER, size,
                0);
}

static void note(u32 source, const void *text, u32 taken)
{
    struct written *one = &written[n_written];

    if (!taken)
        return;
    n_written++;
    one->source = source;
    one->size = taken;
    memcpy(one->text, text, taken);
}

/* Random writers and a UART that takes a random number of bytes: what a writer is told depends on
 * its own console only. */
static void records_come_out_whole(void **state)
{
    u32 lost, length = 0;

    (void)state;
    boot(0, 1);
    n_written = 0;
    while (n_written < WRITES - 1 && fake.second_size < sizeof(fake.second) - 2 * RING) {
        u32 size = (u32)random_below(CONSOLE_LINE + 1);
        u32 id = (u32)random_below(3);
        u32 room = id == 0 ? RING - (length - fake.uart_size) : id == 1 ? size : 0;
        u32 before = fake.second_size;
        u32 taken;

        fake.uart_ready = random_below(3) ? (u32)random_below(200) : 0;
        if (random_below(6) == 0) {
            console_drain(random_below(2) ? CONSOLE_EVERY : console_bits(COM1));
            assert_in_range(fake.second_size - before, 0, uart_driver.piece);
            continue;
        }
        taken = (u32)put(id, size);
        assert_int_equal(taken, size < room ? size : room);
        assert_in_range(fake.second_size - before, 0, uart_driver.piece + 16);
        length += id == 0 ? taken : 0;
        note(id, guest_at(BUFFER), taken);
    }
    fake.uart_ready = 7;
    console_flush();
    lost = stream_judge();
    assert_in_range(lost, 1, n_written / 2);
    assert_int_equal(console_pending, 0);
}

static void what_was_lost_is_told_at_the_end(void **state)
{
    u32 fits, lost;

    (void)state;
    boot(0, 1);
    n_written = 0;
    fake.uart_ready = 1000;
    console_flush();
    fake.uart_ready = 0;
    for (u32 i = 0; i < 100; i++) {
        note(1, guest_at(BUFFER), (u32)put(1, 60)); /* VGA takes all of it */
        assert_true(console_pending & CONSOLE_RECORDS);
    }
    fake.uart_ready = 1000;
    console_flush();
    lost = stream_judge();
    fits = 100 - lost;
    assert_in_range(fits, RECORD_RING / 64, RING / 64);
}

static void the_system_has_a_source_of_its_own(void **state)
{
    (void)state;
    boot(0, 1);
    n_written = 0;
    fake.uart_ready = 1000;
    console_print("P%u %s\n", 1, "starts");
    note(RECORD_SYSTEM, "P1 starts\n", 10);
    note(0, guest_at(BUFFER), (u32)put(0, CONSOLE_LINE));
    console_flush();
    assert_int_equal(stream_judge(), 0);
}

static void panic(void *arg)
{
    (void)arg;
    system_panic("Nothing goes: %u.", 7);
}

static void a_panic_is_told_too(void **state)
{
    (void)state;
    boot(0, 1);
    n_written = 0;
    fake.uart_ready = 1000;
    note(RECORD_SYSTEM, "Nothing goes: 7.\n", 17);
    assert_int_equal(fake_catch(panic, NULL), FAKE_POWER_OFF);
    assert_int_equal(stream_judge(), 0);
    assert_memory_equal(fake.uart, "Nothing goes: 7.\n", 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_asked),
        cmocka_unit_test(refused_with_a_line),
        cmocka_unit_test(records_come_out_whole),
        cmocka_unit_test(what_was_lost_is_told_at_the_end),
        cmocka_unit_test(the_system_has_a_source_of_its_own),
        cmocka_unit_test(a_panic_is_told_too),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
