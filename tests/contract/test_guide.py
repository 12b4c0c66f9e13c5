"""The guide keeps its word: every example in docs/app-api.md runs, against the real server process."""

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import contract_shapes as shapes
import public_clients
import pytest
from contract_pictures import PNG
from contract_process import Server
from contract_table import TABLE

from webhook_server import listener
from webhook_server.api import routes
from webhook_server.api.reference import refusals
from webhook_server.api.reference.wording import introduction

pytestmark = pytest.mark.timeout(300)  # the first of them may have to install what the examples need

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "app-api.md").read_text()
README = (ROOT / "README.md").read_text()
MARK = "==== example"
ELSEWHERE, NOWHERE = "https://app.example.com/hook", "http://127.0.0.1:9/hook"
"""The reader's backend, which no test asks."""


@dataclass(frozen=True)
class Example:
    """A fenced block of the guide. `promised` is what its `→` comments say that it prints."""

    number: int
    language: str
    line: int
    code: str

    @property
    def promised(self):
        return re.findall(r"(?:#|//) → (.+)$", self.code, re.MULTILINE)

    @property
    def name(self):
        return f"{self.language}, line {self.line}"


EXAMPLES = [
    Example(number, found[1], GUIDE[: found.start()].count("\n") + 1, found[2])
    for number, found in enumerate(re.finditer(r"^```([\w ]+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
]


def examples(language):
    return [example for example in EXAMPLES if example.language == language]


def by_line(language):
    return pytest.mark.parametrize("example", examples(language), ids=lambda example: example.name)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """What `make run` starts, as the guide's reader has it."""
    server = Server(tmp_path_factory.mktemp("guide"))
    try:
        yield server.start(whole=True)
    finally:
        server.end()


@pytest.fixture(scope="module")
def printed_names(server):
    """What the lines set that `credentials` prints for the shell."""
    command = [sys.executable, "-m", "webhook_server", "credentials"]
    lines = run(command, {"PATH": os.environ["PATH"], **server.settings}).stdout.splitlines()
    assignments = [shlex.split(line)[1] for line in lines if line.strip().startswith("export ")]
    return dict(assignment.split("=", 1) for assignment in assignments)


@pytest.fixture(scope="module")
def environment(server, printed_names):
    """What the guide's reader has after they copied those lines, and where the rest of the suite listens."""
    return {"PATH": os.environ["PATH"]} | server.settings | printed_names


def run(command, environment, directory=ROOT):
    """How it ended and what it printed; of one that hangs, what it printed until then."""
    options = {"env": environment, "cwd": directory, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **options) as process:
        try:
            out, err = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            err += "\nit did not come to an end"
    return subprocess.CompletedProcess(command, process.returncode, out, err)


@dataclass(frozen=True)
class Printed:
    """What a program made of examples printed, by example; how it ended."""

    parts: dict[int, str]
    failure: str | None

    def of(self, example):
        """What `example` printed; fails where it failed, or never began."""
        began_last = example.number == max(self.parts, default=None)
        if self.failure and (began_last or example.number not in self.parts):
            pytest.fail(f"{example.name}: {self.failure}\n{self.parts.get(example.number, 'never began')}")
        return self.parts[example.number]


def printed_by(done):
    parts = re.split(rf"^{MARK} (\d+)\n", done.stdout, flags=re.MULTILINE)
    told = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
    return Printed(told, done.stderr or f"ended with {done.returncode}" if done.returncode else None)


def keeps_its_word(example, printed):
    for line in example.promised:
        assert line in printed, f"{line!r} is not in what the example printed: {printed!r}"


@pytest.fixture(scope="module")
def in_shell(environment, tmp_path_factory):
    """The guide's shell examples, run one after the other; a refusal is a failure."""
    directory = tmp_path_factory.mktemp("shell")
    (directory / "photo.png").write_bytes(PNG)
    begin = 'set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; }\n'
    script = "\n".join(f'echo; echo "{MARK} {one.number}"\n{one.code}' for one in examples("sh"))
    environment = {**environment, "PYTHONPATH": str(ROOT)}
    added = run([sys.executable, "-m", "webhook_server", "keys", "add"], environment, directory)
    old_key = re.search(r"key ID: +(\S+)", added.stdout)[1]
    script = script.replace(ELSEWHERE, NOWHERE).replace(".venv/bin/python", sys.executable).replace("OLD_KEY", old_key)
    return printed_by(run(["bash", "-c", begin + script], environment, directory))


@by_line("sh")
def test_shell_examples_run(in_shell, example):
    """Each curl is answered in JSON, of a shape that the contract knows."""
    printed = in_shell.of(example)
    keeps_its_word(example, printed)
    if curls := example.code.count("curl "):
        answers = list(all_json(printed.strip()))
        assert len(answers) == curls
        assert all(is_known(answer) for answer in answers)


def all_json(text):
    while text:
        answer, end = json.JSONDecoder().raw_decode(text)
        yield answer
        text = text[end:].lstrip()


def is_known(answer):
    """Whether an answer is of one of the contract's shapes."""
    for shape in {row.shape for row in TABLE}:
        try:
            return shape(answer)
        except AssertionError:
            continue
    return False


@pytest.fixture(scope="module")
def in_python(environment, tmp_path_factory):
    """The guide's Python, one program."""
    program = tmp_path_factory.mktemp("python") / "guide.py"
    blocks = (f'print("{MARK} {one.number}", flush=True)\n{one.code}' for one in examples("python"))
    program.write_text("\n\n".join(blocks))
    return printed_by(run([sys.executable, str(program)], environment))


@by_line("python")
def test_python_examples_run(in_python, example):
    keeps_its_word(example, in_python.of(example))


@pytest.fixture(scope="module")
def in_node(environment, tmp_path_factory):
    """The guide's JavaScript, one module."""
    modules = public_clients.node_modules()
    directory = tmp_path_factory.mktemp("node")
    (directory / "node_modules").symlink_to(modules)
    program = directory / "guide.mjs"
    blocks = (f"console.log('{MARK} {one.number}');\n{one.code}" for one in examples("javascript"))
    program.write_text("\n".join(blocks))
    return printed_by(run([public_clients.node(), str(program)], environment, directory))


@by_line("javascript")
def test_javascript_examples_run(in_node, example):
    keeps_its_word(example, in_node.of(example))


@by_line("python smooch")
def test_the_example_with_smooch_runs(environment, example):
    client = public_clients.smooch_python(public_clients.PYTHON_VERSIONS[0])
    done = run([str(client), "-c", example.code], environment)
    assert done.returncode == 0, done.stderr
    keeps_its_word(example, done.stdout)


@by_line("javascript smooch")
def test_the_example_with_smooch_core_runs(environment, example):
    code = example.code.replace("'smooch-core'", "'smooch-core-3'")
    modules = {"NODE_PATH": str(public_clients.node_modules())}
    done = run([public_clients.node(), "-e", code], environment | modules)
    assert done.returncode == 0, done.stderr
    keeps_its_word(example, done.stdout)


@by_line("json")
def test_json_that_is_shown_has_the_contracts_shape(example):
    shown = json.loads(example.code)
    if "error" in shown:
        assert shapes.error_answer(shown)
    elif "trigger" in shown:
        assert set(shown) == {"trigger", "app", "messages", "appUser", "version"}
        assert all(shapes.message(message) for message in shown["messages"])
        assert shapes.app_user(shown["appUser"])
    else:
        assert is_known(shown)


def test_no_example_is_left_out():
    """Text is for what cannot run: values to fill in, and commands that need an operator's eye."""
    assert {example.language for example in EXAMPLES} <= {
        "sh",
        "python",
        "javascript",
        "json",
        "text",
        "python smooch",
        "javascript smooch",
    }


def test_every_error_is_in_the_table():
    told = {
        (int(status), code)
        for status, codes in re.findall(r"^\| (\d{3}) \| (.+?) \|", GUIDE, re.MULTILINE)
        for code in re.findall(r"`(\w+)`", codes)
    }
    answered = {
        refusal
        for resource in routes.RESOURCES
        for operation in resource.operations
        if operation.path != "/readyz"
        for refusal in refusals.of(operation)
    }
    assert told == answered | {(404, "not_found"), (405, "method_not_allowed")} | set(listener.CODES.items())


def test_what_the_listener_answers_by_itself_is_in_the_reference():
    [paragraph] = [part for part in introduction("app").split("\n\n") if part.startswith("Besides the errors listed")]
    told = {(int(status), code) for status, code in re.findall(r"(\d{3})\s+`(\w+)`", paragraph)}
    listed = {refusal for one in routes.RESOURCES for operation in one.operations for refusal in refusals.of(operation)}
    assert set(listener.CODES.items()) <= told | listed


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param("\n".join(example.code for example in examples("sh") + examples("python")), id="guide"),
        pytest.param(README[README.index("## From your app") :], id="README"),
        pytest.param(introduction("app"), id="reference"),
    ],
)
def test_examples_use_the_names_that_credentials_prints(shown, printed_names):
    used = set(re.findall(r"\$\{?([A-Z]\w*)", shown))
    assert {"SK_URL", "SK_JWT"} <= used
    assert used <= set(printed_names)


def test_links_within_the_guide_lead_somewhere():
    headings = {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", GUIDE)) <= headings
