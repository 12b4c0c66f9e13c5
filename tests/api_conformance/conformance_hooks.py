"""What a schema cannot say of the App API: which texts have a format of ours, which parameters exclude each other."""

from itertools import count

import schemathesis
from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60)
NUMBERS = count(1)
LONGEST_KEY = 200
"""With a number before it, it still is as long as a key may be."""
PATHS = st.text(st.sampled_from("abcäß/._-~%20"), max_size=20)

schemathesis.openapi.format("user-id", WORDS)
schemathesis.openapi.format("http-url", st.builds("http://127.0.0.1:9/{}".format, PATHS))


@schemathesis.hook("filter_case")
def one_end_of_a_page(_context, case):
    """A page is before or after a time: OpenAPI cannot say that two parameters exclude each other."""
    return not {"before", "after"} <= (case.query or {}).keys()


@schemathesis.hook("filter_case")
def texts_in_forms(_context, case):
    """A form has only texts and files: what is a number in a schema's eyes is a text on the wire, and rightly taken."""
    if case.media_type != "multipart/form-data" or not isinstance(case.body, dict):
        return True
    return all(isinstance(value, str | bytes) for value in case.body.values())


@schemathesis.hook("before_call")
def a_key_of_its_own(_context, case, **_):
    """Requests with one key have one answer, which may tell of what was deleted since: each is to be the first."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 0 < len(key) <= LONGEST_KEY:
        case.headers["Idempotency-Key"] = f"{next(NUMBERS)} {key}"
