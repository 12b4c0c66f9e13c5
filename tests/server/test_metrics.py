"""What the bot asks of numbers, and what Prometheus reads."""

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse

from webhook_server.domain.tallies import SETTLED_SECONDS
from webhook_server.ledger import LedgerUnavailableError
from wire import cases, operators
from wire import messages as wire


def stats(office, span="today"):
    response = office.through_the_door(cases.STATS, cases.StatsRequest(span=span))
    assert response.status_code == 200
    return cases.Stats.model_validate(response.json)


def found(office, user):
    return office.through_the_door(cases.FIND, cases.FindRequest(user=user))


def scrape(office, token=None, **headers):
    headers = {"Authorization": f"Bearer {token or office.settings.sk_metrics_token}", **headers}
    return office.client.get("/metrics", headers=headers)


def samples(office):
    """What Prometheus reads: the values by name and labels."""
    office.clock.turn(SETTLED_SECONDS + 1)
    response = scrape(office)
    assert response.status_code == 200
    return {
        (sample.name.removeprefix("err_sk_"), *sample.labels.values()): sample.value
        for family in parse(response.text)
        for sample in family.samples
    }


def answers(office, user_id, text, **more):
    assert office.reply(office.user(user_id)["_id"], text, **more).status_code == 200


# ── through the door ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_app_user_is_found_by_either_id(office):
    office.say("ann", "help")
    office.as_app("PUT", "/v1/appusers/ann", {"givenName": "Ann"})
    app_user_id = office.user("ann")["_id"]
    for user in ("ann", app_user_id):
        profile = wire.Profile.model_validate(found(office, user).json)
        assert (profile.app_user_id, profile.user_id, profile.given_name) == (app_user_id, "ann", "Ann")


@pytest.mark.parametrize("user", ["nobody", "f" * 24, "", "Ann", "ann "])
def test_nobody_else_is_found(office, user):
    office.say("ann", "help")
    response = found(office, user)
    assert (response.status_code, response.json["error"]["code"]) == (404, "user_not_found")


def test_the_numbers_count_what_happened(office, clock):
    office.say("ann", "help")
    office.say("bob", "me too")
    clock.turn(90)
    answers(office, "ann", "sure")
    clock.turn(10)
    told = stats(office)
    assert (told.conversations, told.answered, told.waiting, told.median, told.ninety) == (2, 1, 1, 90, 90)
    assert told.longest_wait == 100
    assert [(each.agent.name, each.first_answers, each.replies, each.open) for each in told.by_agent] == [
        ("Alice", 1, 1, 1)
    ]


def test_the_week_has_more_days_than_today(office, clock):
    office.say("ann", "help")
    clock.turn(86_400)  # from Tuesday to Wednesday
    office.say("bob", "me too")
    assert (stats(office).conversations, stats(office, "week").conversations) == (1, 2)
    assert stats(office).since == stats(office, "week").since + 2 * 86_400


def test_strangers_are_told_no_numbers(office):
    response = office.through_the_door(cases.STATS, cases.StatsRequest(), secret="another")
    assert response.status_code == 401


# ── for Prometheus ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer"}, {"Authorization": "Basic {token}"}]
)
def test_without_the_token_there_are_no_metrics(office, headers):
    headers = {name: value.format(token=office.settings.sk_metrics_token) for name, value in headers.items()}
    response = office.client.get("/metrics", headers=headers)
    assert (response.status_code, response.json["error"]["code"]) == (401, "unauthorized")
    assert "err_sk" not in response.text


def test_the_apps_own_credentials_open_no_metrics(office):
    assert office.as_app("GET", "/metrics").status_code == 401
    assert office.as_token("GET", "/metrics").status_code == 401


def test_prometheus_reads_the_numbers_that_agents_see(office, clock):
    office.say("ann", "help")
    office.say("bob", "me too")
    clock.turn(90)
    answers(office, "ann", "sure")
    read = samples(office)
    assert read["waiting",] == 1
    assert read["longest_wait_seconds",] == 90 + SETTLED_SECONDS + 1
    assert read["open_conversations", "Alice", "UALICE"] == 1
    assert read["open_conversations", "", ""] == 1
    assert (read["today_conversations",], read["today_first_answers",], read["today_closed",]) == (2, 1, 0)
    assert read["today_first_answer_seconds", "0.5"] == read["today_first_answer_seconds", "0.9"] == 90
    assert read["handovers", "waiting"] == 2
    assert read["handovers", "dead"] == 0
    assert (read["conversations_total", "app_user"], read["conversations_total", "agent"]) == (2, 0)
    assert read["first_answer_seconds_bucket", "60.0"] == 0
    assert read["first_answer_seconds_bucket", "120.0"] == read["first_answer_seconds_bucket", "+Inf"] == 1
    assert (read["first_answer_seconds_count",], read["first_answer_seconds_sum",]) == (1, 90)
    assert read["replies_total", "Alice", "UALICE"] == 1
    assert read["closed_total",] == 0


def test_what_happened_is_counted_once_however_often_somebody_asks(office):
    office.say("ann", "help")
    assert samples(office)["conversations_total", "app_user"] == 1
    assert samples(office)["conversations_total", "app_user"] == 1
    office.say("bob", "help")
    scrape(office)  # too early: it may not be all there yet
    assert samples(office)["conversations_total", "app_user"] == 2


def test_counters_never_go_down_when_somebody_is_erased(office):
    office.say("ann", "help")
    answers(office, "ann", "sure")
    assert samples(office)["replies_total", "Alice", "UALICE"] == 1
    erased = office.through_the_door(operators.ERASURE, operators.ErasureRequest(user="ann", erase=True))
    assert erased.status_code == 200
    read = samples(office)
    assert read["conversations_total", "app_user"] == 1
    assert read["replies_total", "Alice", "UALICE"] == 1
    assert read["today_conversations",] == 0


def test_a_new_process_counts_from_its_own_beginning(office, clock):
    office.say("ann", "help")
    clock.turn(1)
    office.close()
    office.open()
    read = samples(office)
    assert read["conversations_total", "app_user"] == 0
    assert read["today_conversations",] == 1


def test_who_asks_for_openmetrics_gets_it(office):
    office.say("ann", "help")
    accept = "application/openmetrics-text; version=1.0.0"
    response = scrape(office, Accept=accept)
    assert response.headers["Content-Type"].startswith(accept)
    assert "err_sk_waiting" in {family.name for family in openmetrics(response.text)}


def test_a_ledger_that_cannot_be_read_is_unavailable_and_nothing_is_lost(office, monkeypatch):
    office.say("ann", "help")
    office.clock.turn(SETTLED_SECONDS + 1)

    def broken(job):
        raise LedgerUnavailableError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(office.ledger, "read", broken)
        assert scrape(office).status_code == 503
    assert samples(office)["conversations_total", "app_user"] == 1
