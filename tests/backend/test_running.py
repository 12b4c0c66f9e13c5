"""What only one process may have is waited for, but not for ever."""

import socket

import pytest

from desk.errbot_backend.running import StopRequest, check_port, patiently, refuse_to_start


def test_what_a_predecessor_lets_go_of_is_taken():
    tries = []

    def get():
        tries.append(1)
        if len(tries) < 3:
            raise OSError
        return "got it"

    assert patiently(get, OSError, seconds=10, stop=StopRequest()) == "got it"


def test_a_port_in_use_is_not_waited_for_for_ever():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            patiently(lambda: check_port(port), OSError, seconds=0.15, stop=StopRequest())
    check_port(port)


def test_who_asks_for_the_end_meanwhile_is_heard():
    stop = StopRequest()
    stop.make("the test")
    with pytest.raises(OSError, match="in use"):
        patiently(lambda: _fail("in use"), OSError, seconds=60, stop=stop)
    assert stop.made()
    stop.wait()
    assert stop.made()


def test_a_start_that_is_refused_says_why_on_standard_error(capsys):
    with pytest.raises(SystemExit) as refused:
        refuse_to_start("another bot is running", stopped=False)
    assert refused.value.code == 1
    assert capsys.readouterr().err == "another bot is running\n"
    with pytest.raises(SystemExit) as stopped:
        refuse_to_start("another bot is running", stopped=True)
    assert stopped.value.code == 0


def _fail(sentence):
    raise OSError(sentence)
