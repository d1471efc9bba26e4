/* SPDX-License-Identifier: Apache-2.0 */
/* Consoles: text comes out whole and in order whatever the device takes at a time, a write never
 * waits, a flush gives a dead device up, and a partition writes to its own device only. */
/* fake: core */
#include <prtos_inc/hypercalls.h>
#include <prtos_inc/objdir.h>

#include "fake.h"
#include "hv/console.h"
#include "hv/driver.h"
#include "hv/setup.h"
#include "random.h"

#define BUFFER (GUEST_BASE + 0x1000)
#define RING 4096u
#define UART 0u
#define MEMORY 1u
#define VGA 2u

static void boot(void)
{
    fake_one_cpu();
    fake_device(CONF_DEV_UART, 0, 0, 0);
    fake_device(CONF_DEV_MEMORY, 0, PHYS_BASE, 4096);
    fake_device(CONF_DEV_VGA, 0, 0, 0);
    fake_conf()->console = UART;
    fake_partition("p0", 0, 1);
    fake_conf_partition(0)->console = VGA;
    fake_partition("p1", 0, 1);
    fake_boot();
    console_init(fake_conf(), setup_devices());
}

/* Random writes to a device that takes a random number of bytes, against a string. */
static void text_comes_out_whole(void **state)
{
    static char expected[60000];
    u32 length = 0, refused = 0;

    (void)state;
    boot();
    while (length < sizeof(expected) - CONSOLE_LINE) {
        char text[CONSOLE_LINE];
        u32 size = (u32)random_below(CONSOLE_LINE + 1);
        u32 room = RING - (length - fake.uart_size);
        u32 before = fake.uart_size;
        u32 taken;

        for (u32 i = 0; i < size; i++)
            text[i] = (char)random_u64();
        fake.uart_ready = random_below(3) ? (u32)random_below(80) : 0;
        if (random_below(6) == 0) {
            console_drain(random_below(2) ? CONSOLE_EVERY : console_bits(UART));
            assert_in_range(fake.uart_size - before, 0, uart_driver.piece);
        } else {
            taken = console_write(UART, text, size);
            assert_int_equal(taken, size < room ? size : room);
            assert_in_range(fake.uart_size - before, 0, uart_driver.piece);
            memcpy(expected + length, text, taken);
            length += taken;
            refused += taken < size;
        }
        assert_int_equal(console_pending != 0, fake.uart_size != length);
    }
    assert_in_range(refused, 1, 100000);
    fake.uart_ready = 7;
    console_flush();
    assert_int_equal(fake.uart_size, length);
    assert_memory_equal(fake.uart, expected, length);
    assert_int_equal(console_pending, 0);
    assert_int_equal(fake.vga_size, 0);
}

static void a_piece_is_smaller_where_somebody_waits(void **state)
{
    char text[CONSOLE_LINE] = "";

    (void)state;
    boot();
    fake.uart_ready = 0;
    console_write(UART, text, sizeof(text));
    fake.uart_ready = 1000;
    assert_true(console_drain(console_bits(UART)));
    assert_int_equal(fake.uart_size, uart_driver.piece / 4);
    assert_true(console_drain(CONSOLE_EVERY));
    assert_int_equal(fake.uart_size, uart_driver.piece / 4 + uart_driver.piece);
    fake.uart_ready = 0;
    assert_false(console_drain(CONSOLE_EVERY)); /* no progress */
}

static void a_dead_device_is_given_up(void **state)
{
    (void)state;
    boot();
    fake.uart_ready = 0;
    console_write(UART, "lost", 4);
    console_flush(); /* comes back */
    assert_int_equal(fake.uart_size, 0);
    fake.uart_ready = 1;
    console_flush();
    assert_int_equal(fake.uart_size, 4);
}

static void devices_that_are_none(void **state)
{
    (void)state;
    boot();
    assert_int_equal(console_write(MEMORY, "x", 1), 0);
    assert_int_equal(console_write(3, "x", 1), 0);
    assert_int_equal(console_write(CONF_NONE, "x", 1), 0);
    console_print("%s %d\n", "core", 7);
    assert_int_equal(fake.uart_size, 7);
    assert_memory_equal(fake.uart, "core 7\n", 7);
}

static s32 put(u32 id, u32 partition, hv_addr buffer, u32 size)
{
    return CALL(vcpu_of(id), write_object_nr, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, partition, 0),
                buffer, size, 0);
}

static void partitions_write(void **state)
{
    (void)state;
    boot();
    fake_space_load(vcpu_of(0));
    memcpy(guest_at(BUFFER), "hello", 5);
    assert_int_equal(put(0, 0, BUFFER, 5), 5);
    assert_int_equal(fake.vga_size, 5);
    assert_memory_equal(fake.vga, "hello", 5);
    assert_int_equal(put(0, 1, BUFFER, 5), PRTOS_PERM_ERROR);
    assert_int_equal(put(0, 0, BUFFER, CONSOLE_LINE + 1), PRTOS_INVALID_PARAM);
    assert_int_equal(put(0, 0, 0, 5), PRTOS_INVALID_PARAM);
    assert_int_equal(put(0, 0, 0, 0), PRTOS_INVALID_PARAM);
    assert_int_equal(put(0, 0, BUFFER, 0), 0);
    guest_rights(BUFFER + 4, 1, GUEST_WRITE);
    assert_int_equal(put(0, 0, BUFFER, 5), PRTOS_INVALID_PARAM);
    assert_int_equal(fake.vga_size, 5);        /* not a part of it */
    assert_int_equal(put(1, 1, BUFFER, 5), 0); /* has no console */
    assert_int_equal(fake.uart_size, 0);
    assert_int_equal(
        CALL(vcpu_of(0), read_object_nr, OBJDESC_BUILD(OBJ_CLASS_CONSOLE, 0, 0), BUFFER, 5, 0),
        PRTOS_OP_NOT_ALLOWED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_out_whole),
        cmocka_unit_test(a_piece_is_smaller_where_somebody_waits),
        cmocka_unit_test(a_dead_device_is_given_up),
        cmocka_unit_test(devices_that_are_none),
        cmocka_unit_test(partitions_write),
    };

    return cmocka_run_group_tests(tests, 0, 0);
}
