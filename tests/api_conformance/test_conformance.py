"""Schemathesis holds the running server against its own document: every check, the same cases in every run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from serving import APP_TOKEN, serving

HERE = Path(__file__).parent
CASES = 5
"""Of each operation in each phase, beside those that cover every limit of its schema."""


@pytest.mark.timeout(240)
def test_the_server_does_what_its_document_says(tmp_path):
    with serving(tmp_path) as server:
        environment = {
            **os.environ,
            "PYTHONPATH": str(HERE),
            "SCHEMATHESIS_HOOKS": "conformance_hooks",
            "SK_APP_TOKEN": APP_TOKEN,
            "SK_CONFORMANCE_JWT": server.jwt(scope="app"),
        }
        schemathesis = Path(sys.executable).with_name("schemathesis")
        done = subprocess.run(
            [
                *(schemathesis, "--config-file", HERE / "schemathesis.toml"),
                *("run", f"{server.url}/openapi.json", "--no-color"),
                *("--checks", "all", "--max-examples", str(CASES)),
                *("--phases", "examples,coverage,fuzzing,stateful"),
                *("--exclude-operation-id", "listen"),  # it has no end: test_examples listens
            ],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{server.process.log()}"
        assert "request_broke" not in server.process.log_path.read_text()
