"""A few seconds of credentials that are none, grown out of such that are: none of them breaks the server."""

from pathlib import Path

from fuzzing import fuzz

HEADER = b'{"alg":"HS256","typ":"JWT","kid":"key1"}'
SEEDS = (
    b"rBearer a.b.c",
    b"rBasic dXNlcjpwYXNz",
    b"rbearer\t",
    b"teyJhbGciOiJub25lIn0.e30.",
    b"t..",
    b"t\xff.\xff.\xff",
    b"h" + HEADER,
    b'h{"alg":"none","kid":"key1"}',
    b'h{"alg":"HS256","kid":["key1"]}',
    b'h{"alg":"HS256","kid":"key1","b64":false,"crit":["b64"]}',
    b'h{"alg":"RS256","kid":"key1","jwk":{}}',
    b'h{"alg":5,"kid":"key1"}',
    b'h{"alg":"HS256","kid":"\\ud800"}',
    b"h[]",
    b"hnull",
    b"h" + b"[" * 3000,
    b'c{"scope":"app"}',
    b'c{"scope":"app","exp":1e999}',
    b'c{"scope":"app","iat":-1e999,"nbf":"x"}',
    b'c{"scope":"app","exp":NaN}',
    b'c{"scope":"app","exp":' + b"9" * 3000 + b"}",
    b'c{"scope":"appUser","userId":"ann","exp":null}',
    b'c{"scope":"appUser","userId":"\\ud800"}',
    b'c{"scope":"appUser","userId":{"a":1}}',
    b'c{"scope":["app"]}',
    b"c[1]",
    b"c" + b'{"a":' * 3000,
    b"b" + HEADER + b'\n{"scope":"app","sub":5,"jti":{},"aud":1,"iss":[]}',
    b"",
)


def test_no_credential_breaks_the_server(tmp_path):
    target = Path(__file__).with_name("jwt_target.py")
    tried = fuzz(target, SEEDS, tmp_path, packages=["webhook_server", "jwt"], seconds=4)
    assert tried >= len(SEEDS)
