"""A reminder's command against a real session bus, as systemd runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.real.session_bus import session_bus
from tests.system.test_reminders import EVIL, unquoted
from uncramp.system.reminders import systemd

WITHIN_S = 10.0

if sys.platform != "linux":
    pytest.skip("the bus is of Linux", allow_module_level=True)


def test_a_desktop_gets_the_two_texts(tmp_path: Path) -> None:
    from jeepney import HeaderFields, MessageType, new_method_return
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    service = systemd.setup(EVIL, tmp_path).files[0].text
    command = unquoted(service.partition("ExecStart=")[2])
    with session_bus(tmp_path, ("busctl",)), open_dbus_connection() as desktop:
        desktop.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as asking:
            while True:
                message = desktop.receive(timeout=WITHIN_S)
                if message.header.message_type is MessageType.method_call:
                    break
            desktop.send(new_method_return(message, "u", (1,)))
            assert asking.wait(WITHIN_S) == 0, asking.stderr and asking.stderr.read()
    assert message.header.fields[HeaderFields.member] == "Notify"
    assert message.body == (
        "uncramp", 0, "", EVIL.headline, EVIL.words, [], {}, systemd.STAYS_MS,
    )  # fmt: skip
