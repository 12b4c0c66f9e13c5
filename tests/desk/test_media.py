"""Images and files of app users: uploaded once, shown by one post, told of in words where that cannot be."""

import pytest
from desk_fakes import LOST
from desk_office import USER

from desk.errors import BadBlocksError, BlockedError, LimitedError, RefusedError, UnreachableError
from wire.client import Fetched, NoAnswerError, PeerAwayError
from wire.messages import Done, Erase, Incoming, IncomingMessage, Later, MediaFile, Unknown

PNG = b"\x89PNG\r\n\x1a\n"
PHOTO = MediaFile(name="photo <1>.png", type="image/png", size=len(PNG))
REPORT = MediaFile(name="report|a.pdf", type="application/pdf", size=5)
M1, M2 = "1" * 24, "2" * 24


@pytest.fixture(autouse=True)
def files(app_side):
    app_side.files[M1] = Fetched(PNG, "photo.png", "image/png")
    app_side.files[M2] = Fetched(b"%PDF-", "report.pdf", "application/pdf")


def message(message_id=M1, media=PHOTO, text="", **more):
    return IncomingMessage(
        message_id=message_id, text=text, received=1.0, name="Zoë", media=media, type="image", **more
    )


def send(office, *messages, **more):
    return office.desk.receive(Incoming(app_user_id=USER, messages=messages, **more))


def shown(office, channel_id):
    """Posts that stand for messages."""
    return [post for post in office.workspace.posts(channel_id) if post.mark.kind == "sk_message"][1:]


def kept(workspace):
    return [file_id for file_id, file in workspace.files.items() if file.content is not None]


def test_an_image_is_one_post_under_the_users_name(office, workspace):
    channel_id = office.opened()
    outcome = send(office, message())
    [post] = shown(office, channel_id)
    assert isinstance(outcome, Done)
    assert (post.username, post.mark.ids, post.text) == ("Zoë", (M1,), "📎 photo &lt;1&gt;.png")
    assert post.blocks[0]["slack_file"] == {"id": "F000000000"}
    assert workspace.files["F000000000"].content == PNG
    assert office.book.of_app_user(USER).uploads == ()


def test_a_file_is_shared_by_a_post_of_the_bots_own_that_says_whose_it_is(office):
    channel_id = office.opened()
    send(office, message(M2, REPORT))
    [post] = shown(office, channel_id)
    assert (post.username, post.shares, post.blocks) == (None, True, ())
    link = "<https://sandbox.slack.com/files/F000000000/x|report¦a.pdf>"
    assert post.text == f"Zoë sent a file: {link} (application/pdf, 5 bytes)"


def test_what_is_said_beside_a_file_comes_before_it(office):
    channel_id = office.opened()
    send(office, message(text="look <here>"))
    assert [(post.text, post.mark.part) for post in shown(office, channel_id)] == [
        ("look &lt;here&gt;", 0),
        ("📎 photo &lt;1&gt;.png", 1),
    ]


def test_order_holds_among_texts_and_files(office):
    channel_id = office.opened()
    texts = [IncomingMessage(message_id=f"{n}" * 24, text=f"text {n}", received=1.0, name="Zoë") for n in (5, 6, 7)]
    send(office, texts[0], message(), texts[1], message(M2, REPORT), texts[2])
    assert [post.mark.ids[0][0] for post in shown(office, channel_id)] == ["5", "1", "6", "2", "7"]


def test_slack_may_take_a_while_to_know_an_image(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", BadBlocksError("invalid_blocks"), BadBlocksError("invalid_blocks"))
    for _ in range(2):
        assert send(office, message()) == Later(
            seconds=1, reason="Slack limits the number of calls: it goes on by itself"
        )
        clock.turn(1)
    assert isinstance(send(office, message()), Done)
    assert len(shown(office, channel_id)) == 1
    assert len(workspace.files) == 1


def test_an_image_that_slack_never_knows_is_a_link(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", *[BadBlocksError("invalid_blocks")] * 2)
    send(office, message())
    clock.turn(21)
    assert isinstance(send(office, message()), Done)
    [post] = shown(office, channel_id)
    assert post.shares
    assert kept(workspace) == ["F000000000"]


@pytest.mark.parametrize(
    ("method", "error"),
    [
        ("begin_upload", RefusedError("file_uploads_disabled")),
        ("begin_upload", BlockedError("missing_scope")),
        ("finish_upload", RefusedError("upload_400")),
        ("link_to_file", BlockedError("missing_scope")),
        ("post", RefusedError("slack_connect_file_link_sharing_blocked")),
    ],
)
def test_a_file_that_slack_does_not_take_is_told_of_in_words(office, workspace, method, error):
    channel_id = office.opened()
    workspace.order(method, error)
    assert isinstance(send(office, message(M2, REPORT)), Done)
    [post] = shown(office, channel_id)
    assert post.text == "📎 report|a.pdf (application/pdf, 5 bytes) could not be shown here."
    assert post.username == "Zoë"
    assert kept(workspace) == []
    assert office.book.of_app_user(USER).uploads == ()


@pytest.mark.parametrize("error", [PeerAwayError("away"), NoAnswerError("silent")])
def test_a_file_that_never_comes_holds_nothing_up_for_ever(office, app_side, clock, error):
    channel_id = office.opened()
    app_side.media_faults.extend([error] * 9)
    outcomes = []
    while not outcomes or not isinstance(outcomes[-1], Done):
        outcomes.append(send(office, message()))
        clock.turn(2)
    assert [each.result for each in outcomes] == ["later"] * 3 + ["done"]
    [post] = shown(office, channel_id)
    assert "could not be shown" in post.text


def test_too_big_a_file_is_not_even_asked_for(office, app_side):
    channel_id = office.opened()
    send(office, message(media=MediaFile(name="film.mp4", type="video/mp4", size=34_000_000)))
    assert shown(office, channel_id)[0].text == "📎 film.mp4 (video/mp4, 32.4 MB) could not be shown here."
    assert app_side.fetched == []


def test_a_revoked_token_keeps_the_file_waiting(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("begin_upload", BlockedError("token_revoked"))
    assert isinstance(send(office, message()), Later)
    clock.turn(5)
    assert isinstance(send(office, message()), Done)
    assert shown(office, channel_id)[0].blocks


@pytest.mark.parametrize("error", [LimitedError(3), UnreachableError("no way")])
def test_slacks_limits_are_waited_for_without_uploading_again(office, workspace, app_side, clock, error):
    channel_id = office.opened()
    workspace.order("post", error)
    assert isinstance(send(office, message()), Later)
    clock.turn(3)
    assert isinstance(send(office, message()), Done)
    assert (len(shown(office, channel_id)), len(workspace.files), app_side.fetched) == (1, 1, [M1])


def test_an_upload_in_doubt_is_made_again_and_the_first_one_goes(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("finish_upload", LOST, effect=True)
    assert isinstance(send(office, message()), Later)
    clock.turn(2)
    assert isinstance(send(office, message()), Done)
    assert shown(office, channel_id)[0].blocks[0]["slack_file"] == {"id": "F000000001"}
    assert kept(workspace) == ["F000000001"]


def test_a_post_in_doubt_is_looked_for_before_anything_is_uploaded_again(office, workspace, clock):
    channel_id = office.opened()
    workspace.order("post", LOST, effect=True)
    assert isinstance(send(office, message()), Unknown)
    assert isinstance(send(office, message()), Done)
    assert len(shown(office, channel_id)) == 1
    assert kept(workspace) == ["F000000000"]


@pytest.mark.parametrize("posted", [True, False])
def test_a_killed_process_leaves_one_post_and_one_file(office, workspace, clock, posted):
    channel_id = office.opened()
    workspace.order("post", LOST, effect=posted)
    began = clock.now()
    assert isinstance(send(office, message()), Unknown)
    clock.turn(60)
    office.open()
    assert isinstance(send(office, message(), doubt_since=began), Done)
    [post] = shown(office, channel_id)
    assert kept(workspace) == [post.blocks[0]["slack_file"]["id"]]
    assert office.book.of_app_user(USER).uploads == ()


def test_an_image_elsewhere_is_brought_as_well(office):
    channel_id = office.opened()
    url = "https://pictures.example/a%20cat.jpg?x=1"
    picture = IncomingMessage(message_id=M1, text=url, received=1.0, name="Zoë", media_url=url, type="image")
    send(office, picture)
    [post] = shown(office, channel_id)
    assert (post.text, post.blocks[0]["alt_text"]) == ("📎 photo.png", "photo.png")


def test_an_image_elsewhere_that_cannot_be_had_is_its_address(office, app_side):
    channel_id = office.opened()
    app_side.files.clear()
    url = "https://pictures.example/a%20cat.jpg?x=1&y=2"
    send(office, IncomingMessage(message_id=M1, text=url, received=1.0, name="Zoë", media_url=url, type="image"))
    [post] = shown(office, channel_id)
    assert post.text == f"📎 a cat.jpg (image) could not be shown here.\n{url.replace('&', '&amp;')}"


def test_a_conversation_may_begin_with_a_file(office, workspace):
    outcome = send(office, message())
    posts = workspace.posts(outcome.place.channel_id)
    assert [post.mark.kind for post in posts] == ["sk_introduction", "sk_message"]
    [notice] = workspace.posts("CGENERAL01")
    assert "📎 photo &lt;1&gt;.png" in notice.text


def test_few_files_are_held_at_a_time(office, app_side):
    office.opened()
    files = office.desk._orders.relay._files
    taken = [files._slots.acquire(blocking=False) for _ in range(4)]
    assert all(taken)
    assert isinstance(send(office, message()), Later)
    files._slots.release()
    assert isinstance(send(office, message()), Done)


def test_a_file_that_cannot_be_deleted_is_not_forgotten(office, workspace, clock):
    office.opened()
    workspace.order("finish_upload", LOST, effect=True)
    workspace.order("delete_file", LimitedError(9))
    send(office, message())
    clock.turn(2)
    assert isinstance(send(office, message()), Done)
    assert office.book.of_app_user(USER).uploads == (f"{M1}:F000000000",)
    office.desk.erase(Erase(app_user_id=USER))
    assert kept(workspace) == []
