"""What a schema cannot say of the App API: which texts have a format of ours, which parameters exclude each other."""

import schemathesis
from hypothesis import strategies as st

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60)
PATHS = st.text(st.sampled_from("abcäß/._-~%20"), max_size=20)

schemathesis.openapi.format("user-id", WORDS)
schemathesis.openapi.format("http-url", st.builds("http://127.0.0.1:9/{}".format, PATHS))


@schemathesis.hook("filter_case")
def one_end_of_a_page(_context, case):
    """A page is before or after a time: OpenAPI cannot say that two parameters exclude each other."""
    return not {"before", "after"} <= (case.query or {}).keys()
