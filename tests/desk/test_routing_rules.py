"""Rules: which one an app user hits, and what is said of a file that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.dispatch.routing_file import load
from desk.domain.routing import Condition, Route, Rule, Traits, deciding, dispatch_channels, routed
from desk.domain.rules import RulesError, read

FALLBACK = Route(invite=("UALICE0001",))


def rules(text):
    return read(text.encode(), "rules.toml")


def rule(condition):
    return f'[[rule]]\nname = "it"\n{condition}\n'


@pytest.mark.parametrize(
    ("condition", "traits", "hits"),
    [
        pytest.param('language = "de"', Traits(language="de"), True, id="a language"),
        pytest.param('language = "de"', Traits(language="de-AT"), True, id="a language with its country"),
        pytest.param('language = "DE"', Traits(language="de_at"), True, id="a language as Java writes it"),
        pytest.param('language = "de"', Traits(language="den"), False, id="a language that begins alike"),
        pytest.param('language = "de-AT"', Traits(language="de"), False, id="a country that nobody told"),
        pytest.param('language = ["fr", "de"]', Traits(language="de"), True, id="one of several languages"),
        pytest.param('language = "*"', Traits(language="xx"), True, id="any language"),
        pytest.param('language = "*"', Traits(), False, id="no language"),
        pytest.param('source = "ios"', Traits(source="ios"), True, id="a source"),
        pytest.param('source = ["ios", "web"]', Traits(source="android"), False, id="another source"),
        pytest.param('source = "api"', Traits(), False, id="no source"),
        pytest.param('properties.plan = "pro"', Traits({"plan": "pro"}), True, id="a property"),
        pytest.param('properties.plan = "pro"', Traits({"plan": "Pro"}), False, id="a property in other letters"),
        pytest.param('properties.plan = "pro"', Traits({"plan": "pro+"}), False, id="a property that goes on"),
        pytest.param('properties.plan = "pro*"', Traits({"plan": "pro+"}), True, id="a property's beginning"),
        pytest.param('properties.plan = "*"', Traits({"plan": 0}), True, id="any value"),
        pytest.param('properties.plan = "*"', Traits({"name": "x"}), False, id="no such property"),
        pytest.param("properties.seats = 7", Traits({"seats": 7.0}), True, id="a number, however written"),
        pytest.param("properties.seats = 7", Traits({"seats": "7"}), False, id="a text is no number"),
        pytest.param('properties.seats = "7"', Traits({"seats": 7}), False, id="a number is no text"),
        pytest.param("properties.vip = true", Traits({"vip": True}), True, id="yes"),
        pytest.param("properties.vip = true", Traits({"vip": 1}), False, id="one is not yes"),
        pytest.param("properties.vip = 1", Traits({"vip": True}), False, id="yes is not one"),
        pytest.param('properties."a.b" = ["x", 3, false]', Traits({"a.b": False}), True, id="one of several values"),
        pytest.param('language = "de"\nsource = "ios"', Traits(language="de"), False, id="one condition of two"),
        pytest.param(
            'language = "de"\nsource = "ios"', Traits(language="de", source="ios"), True, id="both conditions"
        ),
        pytest.param(
            'properties.language = "de"', Traits({"language": "de-AT"}), False, id="a property is no language"
        ),
        pytest.param("", Traits(), True, id="no conditions"),
    ],
)
def test_a_rule_hits_when_all_its_conditions_hold(condition, traits, hits):
    [found] = rules(rule(condition))
    assert (deciding([found], traits) is found) == hits


def test_what_a_rule_leaves_out_is_as_the_settings_say():
    told = '[[rule]]\nname = "a"\ndispatch = "#support"\n[[rule]]\nname = "b"\nlanguage = "de"\ninvite = []\n'
    first, second = (routed(each, FALLBACK) for each in rules(told.replace('name = "a"', 'name = "a"\nsource = "ios"')))
    assert first == Route("support", ("UALICE0001",), private=False)
    assert second == Route("", (), private=False)
    assert routed(None, FALLBACK) == FALLBACK


def test_the_dispatch_channels_of_rules_are_named_once_each():
    assert dispatch_channels(
        [Rule("a", dispatch="x"), Rule("b"), Rule("c", dispatch="y"), Rule("d", dispatch="x")]
    ) == (
        "x",
        "y",
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("[[rule]", ["it is not TOML"], id="no TOML"),
        pytest.param('[rule]\nname = "a"', ["in double brackets"], id="one table"),
        pytest.param('language = "de"', ["language stands outside of a rule"], id="no rule"),
        pytest.param('[[rule]]\nlanguage = "de"', ["rule 1: has no name"], id="no name"),
        pytest.param(
            rule('languge = "de"'), ['rule 1 "it": languge is no part', "did you mean language?"], id="a typo"
        ),
        pytest.param(rule("zzz = 1"), ["properties.NAME, dispatch, invite and private"], id="nonsense"),
        pytest.param(rule('language = "german!"'), ['language "german!" is none'], id="no language"),
        pytest.param(rule("language = 5"), ["language 5 is none"], id="a number for a language"),
        pytest.param(rule('source = "beos"'), ["one of ios, android, web, other, api"], id="no source"),
        pytest.param(rule('properties = "pro"'), ["properties needs the name of one"], id="no property"),
        pytest.param(rule("properties.plan = []"), ["properties.plan needs a text"], id="no value"),
        pytest.param(rule("properties.plan = 2020-01-01"), ["properties.plan needs a text"], id="a date"),
        pytest.param(rule("properties.a.b = 1"), ['quote it: properties."a.b"'], id="a nested property"),
        pytest.param(rule('dispatch = "two words"'), ["dispatch needs a channel's name or ID"], id="no channel"),
        pytest.param(rule('invite = "me"'), ["invite needs a list of Slack user IDs"], id="nobody"),
        pytest.param(rule('invite = ["alice"]'), ["invite needs a list of Slack user IDs"], id="a name for an ID"),
        pytest.param(rule("private = 1"), ["private needs true or false"], id="no flag"),
        pytest.param(rule('source = "ios"') * 2, ["an earlier rule has this name, too"], id="one name for two"),
        pytest.param(
            rule("") + rule('source = "ios"').replace("it", "that"),
            ['rule 2 "that": is never reached, since rule 1 "it" has no conditions'],
            id="a rule after one that everybody hits",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_name_the_rule_and_what_to_do(text, sentences):
    with pytest.raises(RulesError) as told:
        rules(text)
    assert str(told.value).startswith("The rules in rules.toml (SK_ROUTING) are wrong:\n  ")
    assert all(sentence in str(told.value) for sentence in sentences), str(told.value)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(RulesError) as told:
        rules(rule("zzz = 1\nprivate = 1") + '[[rule]]\nname = "b"\nsource = "beos"')
    assert len(str(told.value).splitlines()) == 4


def test_a_file_that_is_no_text_or_cannot_be_read_is_told(tmp_path):
    with pytest.raises(RulesError, match="not UTF-8"):
        read(b"\xff\xfe", "rules.toml")
    with pytest.raises(RulesError, match="cannot be read: No such file"):
        load(tmp_path / "nowhere.toml")
    assert load(None) == ()


KEYS = st.sampled_from(["plan", "vip"])
VALUES = st.one_of(st.sampled_from(["pro", "basic", ""]), st.booleans(), st.integers(-1, 2))
TRAITS = st.builds(
    Traits,
    st.dictionaries(KEYS, VALUES),
    st.sampled_from([None, "de", "de-AT", "fr"]),
    st.sampled_from([None, "ios", "web", "api"]),
)
CONDITIONS = st.one_of(
    st.builds(Condition, st.just("language"), st.lists(st.sampled_from(["de", "fr", "*"]), min_size=1).map(tuple)),
    st.builds(Condition, st.just("source"), st.lists(st.sampled_from(["ios", "web"]), min_size=1).map(tuple)),
    st.builds(Condition, KEYS, st.lists(VALUES, min_size=1).map(tuple), st.just("properties")),
)
RULES = st.lists(
    st.builds(
        Rule,
        st.sampled_from("abc"),
        st.lists(CONDITIONS, max_size=3).map(tuple),
        st.sampled_from([None, "support"]),
        st.sampled_from([None, (), ("UBRUNO0001",)]),
        st.sampled_from([None, True, False]),
    ),
    max_size=5,
)


@given(RULES, TRAITS)
def test_the_first_rule_that_hits_decides_and_rules_after_it_change_nothing(found, traits):
    chosen = deciding(found, traits)
    hits = [all(condition.holds(traits) for condition in each.conditions) for each in found]
    assert (chosen is None) == (not any(hits))
    if chosen is not None:
        place = hits.index(True)
        assert chosen is found[place]
        assert deciding(found[: place + 1], traits) is chosen
        assert all(each.missed(traits) for each in found[:place])


@given(RULES, TRAITS, st.data())
def test_another_condition_never_makes_a_rule_hit(found, traits, data):
    for each in found:
        stricter = Rule(each.name, (*each.conditions, data.draw(CONDITIONS)))
        assert not (each.missed(traits) and not stricter.missed(traits))


@given(RULES, TRAITS)
def test_a_route_is_what_the_rule_says_and_the_settings_where_it_says_nothing(found, traits):
    chosen = deciding(found, traits)
    route = routed(chosen, FALLBACK)
    for name in ("dispatch", "invite", "private"):
        said = getattr(chosen, name) if chosen else None
        assert getattr(route, name) == (getattr(FALLBACK, name) if said is None else said)


@given(RULES, TRAITS)
def test_matching_depends_on_nothing_but_rules_and_traits(found, traits):
    copied = Traits(dict(reversed(traits.properties.items())), traits.language, traits.source)
    assert deciding(found, traits) is deciding(found, copied)
