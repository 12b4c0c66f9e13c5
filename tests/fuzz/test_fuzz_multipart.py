"""A few seconds of uploads that are no uploads, grown out of such that are: none of them breaks the server."""

from pathlib import Path

from fuzzing import fuzz

FORM = b"multipart/form-data; boundary=x\n"
FILE = b'--x\r\nContent-Disposition: form-data; name="source"; filename="a.txt"\r\n\r\nhello\r\n'
SEEDS = (
    FORM + FILE + b"--x--\r\n",
    FORM + b'--x\r\nContent-Disposition: form-data; name="role"\r\n\r\nappUser\r\n' + FILE + b"--x--\r\n",
    FORM + b"preamble\r\n" + FILE + FILE + b"--x--\r\nepilogue",
    FORM + FILE.replace(b"\r\n", b"\n") + b"--x--\n",
    FORM + FILE[:60],
    FORM + FILE.replace(b"filename=", b"filename*=UTF-8''%c3%bc%00; filename="),
    FORM + FILE.replace(b"form-data;", b"form-data;\r\n\t"),
    FORM + FILE.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain; charset=utf-16\r\nContent-Length: -1\r\n\r\n"),
    FORM + FILE.replace(b"name=", b"Name=") + b"--x--\r\n",
    b'multipart/form-data; boundary="--\xfc"\n' + FILE,
    b"multipart/form-data\n" + FILE,
    b"application/json\n{}",
    b"\n",
)


def test_no_upload_breaks_the_server(tmp_path):
    target = Path(__file__).with_name("multipart_target.py")
    tried = fuzz(target, SEEDS, tmp_path, packages=["webhook_server", "werkzeug"], seconds=4)
    assert tried >= len(SEEDS)
