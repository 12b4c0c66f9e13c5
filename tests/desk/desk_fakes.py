"""Stand-ins for the desk's ports, written by hand. The same contract tests run against them and the real adapters."""

import mimetypes
import re
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace

from desk.domain.sent_on import Attached
from desk.errors import (
    BlockedError,
    ChannelArchivedError,
    ChannelGoneError,
    FileGoneError,
    InDoubtError,
    LimitedError,
    NameTakenError,
    NoSuchPersonError,
    NotInChannelError,
    PostGoneError,
    RefusedError,
)
from desk.ports import Channel, Found, Identity, Page, Person, Standing, Ticket, Written
from wire.canned import BEGINNING, NO_SUCH_CANNED, Canned, CannedHead, CannedList, CannedSaved
from wire.client import Fetched, NoAnswerError, TooMuchError
from wire.client import RefusedError as DoorRefusedError
from wire.messages import KeptFile, Profile, ReplyAccepted

NOW = 1_700_000_000.0
ALICE = Person("UALICE0001", "Alice Adams", "https://example.com/alice.png")
BRUNO = Person("UBRUNO0001", "Bruno Bauer")
GUEST = Person("UGUEST0001", "Gus Guest", guest=True)
STRANGER = Person("USTRANGER1", "Sten Stranger", outsider=True)
GONE = Person("UGONE00001", "Gone Girl", deactivated=True)
ROBOT = Person("UROBOT0001", "robot", bot=True)
DISPATCH = "CGENERAL01"
PAGE = 3
"""Messages in one page of the fake's history."""


class TurnableClock:
    """Time moves when a test turns it; what becomes due runs then, in the test's thread."""

    def __init__(self) -> None:
        self._now = NOW
        self._due: list[list] = []

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    def after(self, seconds, action):
        appointment = [self._now + seconds, action]
        self._due.append(appointment)
        return lambda: self._due.remove(appointment) if appointment in self._due else None

    def turn(self, seconds: float) -> None:
        end = self._now + seconds
        while due := sorted((each for each in self._due if each[0] <= end), key=lambda each: each[0]):
            appointment = due[0]
            self._due.remove(appointment)
            self._now = max(self._now, appointment[0])
            appointment[1]()
        self._now = end

    def waiting(self) -> int:
        return len(self._due)


@dataclass
class FakePost:
    ts: str
    post: object
    edits: int = 0


@dataclass
class FakeChannel:
    info: Channel
    members: set = field(default_factory=set)
    posts: list = field(default_factory=list)
    written: list = field(default_factory=list)
    threads: dict = field(default_factory=lambda: defaultdict(list))


@dataclass
class FakeFile:
    name: str
    size: int
    content: bytes | None = None


class FakeWorkspace:
    """A workspace in memory. `order(method, error, …)` lets the next calls fail, before or after their effect."""

    def __init__(self, clock) -> None:
        self._clock = clock
        self._faults = defaultdict(deque)
        self._count = 0
        self.calls: list[tuple] = []
        self.patience = None  # updates for which the patient need not wait; None: any number
        self.people = {person.agent_id: person for person in (ALICE, BRUNO, GUEST, STRANGER, GONE, ROBOT)}
        self.channels: dict[str, FakeChannel] = {}
        self.files: dict[str, FakeFile] = {}
        self.forms: list[dict] = []
        self.downloads: dict[str, bytes] = {}
        self.homes: dict[str, list] = {}
        self.forms: list[dict] = []
        self.add_channel(DISPATCH, "general")

    # --- for tests

    def close(self) -> None:
        pass

    def say(self, channel_id, text, *files, **more) -> str:
        """Somebody writes in a channel; a file is its name and its content. Returns the message's ts."""
        self._count += 1
        ts = f"{int(self._clock.now())}.{self._count:06}"
        attached = tuple(self._attached(name, content) for name, content in files)
        self.channels[channel_id].written.append(Written(ts, text, files=attached, **more))
        return ts

    def edit(self, channel_id, ts, text) -> None:
        """They change what they wrote."""
        channel = self.channels[channel_id]
        channel.written = [replace(each, text=text) if each.ts == ts else each for each in channel.written]

    def take_back(self, channel_id, ts) -> None:
        """They delete what they wrote."""
        channel = self.channels[channel_id]
        channel.written = [each for each in channel.written if each.ts != ts]

    def _attached(self, name, content):
        file_id = f"FPEOPLE{len(self.downloads):03}"
        url = f"https://files.slack.com/{file_id}/{name}"
        self.downloads[url] = content
        return Attached(file_id, name, mimetypes.guess_type(name)[0] or "", len(content), url)

    def describe(self, channel_id) -> None:
        """Somebody sets a channel's topic."""
        self._change(channel_id, described=True)

    def add_channel(self, channel_id, name, **more) -> None:
        self.channels[channel_id] = FakeChannel(Channel(channel_id, name, created=self._clock.now(), **more))

    def order(self, method: str, *errors, effect: bool = False) -> None:
        self._faults[method].extend((error, effect) for error in errors)

    def archive(self, channel_id) -> None:
        self._begin("archive", channel_id)
        self._change(channel_id, archived=True, member=False)

    def kick_bot(self, channel_id) -> None:
        self._change(channel_id, member=False)

    def delete_post(self, channel_id, ts) -> None:
        channel = self.channels[channel_id]
        channel.posts = [post for post in channel.posts if post.ts != ts]

    def members(self, channel_id):
        return self.channels[channel_id].members

    def posts(self, channel_id):
        return [post.post for post in self.channels[channel_id].posts]

    def texts(self, channel_id):
        return [post.text for post in self.posts(channel_id)]

    def named(self, name):
        return next(each for each in self.channels.values() if each.info.name == name)

    def count(self, *methods) -> int:
        return sum(call[0] in methods for call in self.calls) if methods else len(self.calls)

    # --- the port

    def identity(self):
        self._begin("identity")
        return Identity("UBOT000001", "T0SANDBOX1")

    def team_id(self):
        return "T0SANDBOX1"

    def person(self, agent_id):
        self._begin("person", agent_id)
        if agent_id not in self.people:
            raise NoSuchPersonError("user_not_found")
        return self.people[agent_id]

    def channel(self, channel_id):
        self._begin("channel", channel_id)
        return self._get(channel_id).info

    def find_channel(self, name):
        self._begin("find_channel", name)
        visible = (each.info for each in self.channels.values() if not each.info.archived)
        return next((info for info in visible if info.name == name and (info.member or not info.private)), None)

    def check_creation(self):
        faults = self._faults["create_channel"]
        if faults and isinstance(faults[0][0], LimitedError | BlockedError):
            raise faults.popleft()[0]

    def create_channel(self, name, *, private):
        after = self._begin("create_channel", name)
        if any(channel.info.name == name for channel in self.channels.values()):
            raise NameTakenError("name_taken")
        channel_id = f"C{len(self.channels):09}"
        self.add_channel(channel_id, name, private=private, member=True, creator="UBOT000001")
        self._end(after)
        return self.channels[channel_id].info

    def join(self, channel_id):
        self._begin("join", channel_id)
        info = self._get(channel_id).info
        if info.archived:
            raise ChannelArchivedError("is_archived")
        if info.private and not info.member:
            raise NotInChannelError("method_not_supported_for_channel_type")
        self._change(channel_id, member=True)

    def invite(self, channel_id, people):
        self._begin("invite", channel_id)
        known = [person for person in people if person in self.people]
        self._get(channel_id).members.update(known)
        return {person: "user_not_found" for person in people if person not in known}

    def post(self, channel_id, post):
        after = self._begin("post", channel_id)
        channel = self._writable(channel_id)
        if post.thread_ts and not any(each.ts == post.thread_ts for each in channel.posts):
            raise PostGoneError("cannot_reply_to_message")
        self._count += 1
        ts = f"{int(self._clock.now())}.{self._count:06}"
        where = channel.threads[post.thread_ts] if post.thread_ts else channel.posts
        where.append(FakePost(ts, post))
        self._end(after)
        return ts

    def update(self, channel_id, ts, post, *, patient=False):
        after = self._begin("update", channel_id)
        if patient and self.patience is not None:
            self.patience -= 1
            if self.patience < 0:
                self.patience = 0
                raise LimitedError(60)
        standing = next((each for each in self._writable(channel_id).posts if each.ts == ts), None)
        if standing is None:
            raise PostGoneError("message_not_found")
        standing.post = replace(post, mark=standing.post.mark)
        standing.edits += 1
        self._end(after)

    def marked(self, channel_id, since):
        self._begin("marked", channel_id)
        channel = self._get(channel_id)
        if not channel.info.member:
            raise NotInChannelError("not_in_channel")
        return [found(each) for each in channel.posts if float(each.ts) > since]

    def marked_at(self, channel_id, ts):
        self._begin("marked_at", channel_id)
        return next((found(each) for each in self._get(channel_id).posts if each.ts == ts), None)

    def marked_in_thread(self, channel_id, ts):
        self._begin("marked_in_thread", channel_id)
        channel = self._get(channel_id)
        return [found(each) for each in channel.threads[ts]] if any(each.ts == ts for each in channel.posts) else []

    def remark(self, channel_id, ts, post):
        self.update(channel_id, ts, post)
        next(each for each in self.channels[channel_id].posts if each.ts == ts).post = post

    def page(self, channel_id, before):
        self._begin("page", channel_id)
        channel = self._get(channel_id)
        if not channel.info.member:
            raise NotInChannelError("not_in_channel")
        said = [Standing(each.ts, by_people=True) for each in channel.written]
        own = [replace(standing_of(each), replies=len(channel.threads[each.ts])) for each in channel.posts]
        standing = own + said
        older = sorted(
            (each for each in standing if before is None or float(each.ts) < float(before)),
            key=lambda each: float(each.ts),
            reverse=True,
        )
        return Page(tuple(older[:PAGE]), len(older) > PAGE)

    def delete(self, channel_id, ts):
        after = self._begin("delete", channel_id, ts)
        channel = self._writable(channel_id)
        threads = list(channel.threads.values())
        if not any(each.ts == ts for posts in (channel.posts, *threads) for each in posts):
            raise PostGoneError("message_not_found")
        for thread in threads:
            thread[:] = [each for each in thread if each.ts != ts]
        self.delete_post(channel_id, ts)
        self._end(after)

    def publish_home(self, agent_id, blocks, *, patient=False):
        self._begin("publish_home", agent_id, patient)
        if agent_id not in self.people:
            raise NoSuchPersonError("user_not_found")
        self.homes[agent_id] = list(blocks)

    def begin_upload(self, name, size):
        self._begin("begin_upload", name)
        file_id = f"F{len(self.files):09}"
        self.files[file_id] = FakeFile(name, size)
        return Ticket(file_id, f"https://files.example/{file_id}")

    def finish_upload(self, ticket, name, content):
        after = self._begin("finish_upload", ticket.file_id)
        assert len(content) == self.files[ticket.file_id].size
        self.files[ticket.file_id].content = content
        self._end(after)

    def link_to_file(self, file_id):
        self._begin("link_to_file", file_id)
        if self.files[file_id].content is None:
            raise FileGoneError("file_not_found")
        return f"https://sandbox.slack.com/files/{file_id}/x"

    def delete_file(self, file_id):
        after = self._begin("delete_file", file_id)
        if file_id in self.files:
            self.files[file_id].content = None
        self._end(after)

    def written(self, channel_id, ts, thread_ts=None):
        self._begin("written", channel_id, ts)
        channel = self._get(channel_id)
        if not channel.info.member:
            raise NotInChannelError("not_in_channel")
        posts = [
            Written(each.ts, each.post.text, own=True, by_people=False, mark=each.post.mark) for each in channel.posts
        ]
        said = [each for each in (*posts, *channel.written) if each.ts == ts]
        return said[0] if said else None

    def open_form(self, trigger_id, view):
        after = self._begin("open_form", trigger_id)
        self.forms.append(view)
        self._end(after)

    def download(self, url, *, most_bytes):
        self._begin("download", url)
        if url not in self.downloads:
            raise FileGoneError("file_not_found")
        if len(self.downloads[url]) > most_bytes:
            raise RefusedError("file_too_large")
        return self.downloads[url]

    def rename(self, channel_id, name):
        self._begin("rename", channel_id, name)
        self._writable(channel_id)
        if any(each.info.name == name and key != channel_id for key, each in self.channels.items()):
            raise NameTakenError("name_taken")
        self._change(channel_id, name=name)

    def clear_description(self, channel_id):
        self._begin("clear_description", channel_id)
        self._writable(channel_id)
        self._change(channel_id, described=False)

    # `archive` above does for people and bot alike.

    def _begin(self, method, *what):
        self.calls.append((method, *what))
        if not self._faults[method]:
            return None
        error, effect = self._faults[method].popleft()
        if error is not None and not effect:
            raise error
        return error

    def _end(self, after) -> None:
        if after is not None:
            raise after

    def _get(self, channel_id):
        if channel_id not in self.channels:
            raise ChannelGoneError("channel_not_found")
        return self.channels[channel_id]

    def _writable(self, channel_id):
        channel = self._get(channel_id)
        if channel.info.archived:
            raise ChannelArchivedError("is_archived")
        if not channel.info.member:
            raise NotInChannelError("not_in_channel")
        return channel

    def _change(self, channel_id, **what) -> None:
        channel = self._get(channel_id)
        channel.info = replace(channel.info, **what)


def standing_of(post):
    shown = [block["slack_file"]["id"] for block in post.post.blocks if "slack_file" in block]
    linked = re.findall(r"/files/(F\d+)/", post.post.text) if post.post.shares else []
    return Standing(post.ts, own=True, mark=post.post.mark, file_ids=(*shown, *linked), blocks=post.post.blocks)


def found(standing):
    return Found(standing.ts, standing.post.mark, standing.post.text, standing.post.blocks)


class FakeBook:
    """A channel book in memory."""

    def __init__(self) -> None:
        self._lines = {}
        self.kept = []

    def of_app_user(self, app_user_id):
        lines = self._lines.values()
        return next((line for line in lines if app_user_id in (line.app_user_id, *line.merged)), None)

    def of_channel(self, channel_id):
        lines = self._lines.values()
        return next((line for line in lines if channel_id in (line.channel_id, *line.previous)), None)

    def keep(self, entry, *, instead_of=None) -> None:
        self._lines.pop(instead_of, None)
        self._lines[entry.app_user_id] = entry
        self.kept.append(entry)

    def forget(self, app_user_id) -> None:
        self._lines.pop(app_user_id, None)

    def has_name(self, channel_name) -> bool:
        return any(channel_name and line.channel_name == channel_name for line in self._lines.values())

    def entries(self):
        return list(self._lines.values())

    def unfinished(self):
        return [
            line
            for line in self._lines.values()
            if line.state == "opening" or line.joining or line.uploads or line.erasure
        ]

    def close(self) -> None:
        pass


class FakeDispatchNote:
    """A note in memory."""

    def __init__(self) -> None:
        self._noted = {}

    def read(self, setting):
        return self._noted.get(setting)

    def write(self, setting, channel_id) -> None:
        self._noted[setting] = channel_id


class FakeHomeNote:
    """A note in memory."""

    def __init__(self) -> None:
        self.noted = ()

    def read(self):
        return self.noted

    def write(self, agents) -> None:
        self.noted = tuple(agents)


class FakeOwedNote:
    """A note in memory; what is closed is opened by the next process."""

    def __init__(self) -> None:
        self._owed = {}

    def read(self):
        return tuple(self._owed.values())

    def add(self, owed) -> None:
        self._owed.setdefault((owed.channel_id, owed.post.mark), owed)

    def settle(self, channel_id, mark) -> None:
        self._owed.pop((channel_id, mark), None)

    def forget(self, channel_ids) -> None:
        self._owed = {key: owed for key, owed in self._owed.items() if key[0] not in channel_ids}

    def close(self) -> None:
        pass


class FakeAppSide:
    """A webhook server in memory. `order(error, effect=…)` lets the next calls fail."""

    def __init__(self) -> None:
        self.replies = {}
        self.tries = []
        self.retried = []
        self.profiles = {}
        self.past = {}
        self.files: dict[str, Fetched] = {}
        self.fetched = []
        self.media_faults = deque()
        self.kept = []
        self.upload_faults = deque()
        self.answers = {}
        self.asked = []
        self.canned = {}
        self.state = "sending"
        self.on_accept = lambda reply: None
        self._faults = deque()

    def close(self) -> None:
        pass

    def order(self, *errors, effect: bool = False) -> None:
        self._faults.extend((error, effect) for error in errors)

    def reply(self, reply, *, seconds):
        after = self._begin(seconds)
        repeated = reply.message_id in self.replies
        self.tries.append(reply)
        self.replies.setdefault(reply.message_id, reply)
        if after:
            raise after
        self.on_accept(reply)
        return ReplyAccepted(message_id=reply.message_id, state=self.state, repeated=repeated)

    def profile(self, app_user_id, *, seconds):
        self._begin(seconds)
        if app_user_id not in self.profiles:
            raise DoorRefusedError(404, "user_not_found", "there is no such <user>")
        return Profile(app_user_id=app_user_id, **self.profiles[app_user_id])

    def recent(self, app_user_id, before, *, seconds):
        self._begin(seconds)
        return tuple(message for message in self.past.get(app_user_id, ()) if message.received < before)

    def retry(self, message_id, *, seconds):
        self._begin(seconds)
        if message_id not in self.replies:
            raise DoorRefusedError(404, "message_not_found", "there is no such message")
        self.retried.append(message_id)
        return ReplyAccepted(message_id=message_id, state="sending")

    def media(self, message_id, *, most_bytes, seconds):
        if self.media_faults:
            raise self.media_faults.popleft()
        if message_id not in self.files:
            raise DoorRefusedError(404, "media_not_found", "there is no such file")
        if len(self.files[message_id].content) > most_bytes:
            raise TooMuchError("too much")
        self.fetched.append(message_id)
        return self.files[message_id]

    def upload(self, name, content, *, seconds):
        assert seconds > 0
        if self.upload_faults:
            raise self.upload_faults.popleft()
        self.kept.append((name, content))
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return KeptFile(media_id=f"{len(self.kept):032x}", name=name, type=kind, size=len(content))

    # What the app's side answers about cases: a test puts an answer, an error or a function of the question into
    # `answers`; what was asked is in `asked`.

    def deed(self, deed, *, seconds):
        return self._answered("deed", deed, seconds)

    def open_cases(self, asked, *, seconds):
        return self._answered("open_cases", asked, seconds)

    def note(self, note, *, seconds):
        return self._answered("note", note, seconds)

    def history(self, asked, *, seconds):
        return self._answered("history", asked, seconds)

    def find(self, user, *, seconds):
        return self._answered("find", user, seconds)

    def stats(self, asked, *, seconds):
        return self._answered("stats", asked, seconds)

    def away(self, asked, *, seconds):
        return self._answered("away", asked, seconds)

    # Canned answers are kept as the webhook server keeps them.

    def canned_answers(self, *, seconds):
        self._begin(seconds)
        heads = [CannedHead(name=name, beginning=each.text[:BEGINNING]) for name, each in sorted(self.canned.items())]
        return CannedList(answers=tuple(heads))

    def canned_answer(self, name, *, seconds):
        self._begin(seconds)
        if name not in self.canned:
            raise DoorRefusedError(404, NO_SUCH_CANNED, "there is no such answer")
        return self.canned[name]

    def save_canned(self, said, *, seconds):
        after = self._begin(seconds)
        known = self.canned.get(said.name)
        self.canned[said.name] = Canned(name=said.name, text=said.text, agent=said.agent, saved=NOW)
        if after:
            raise after
        return CannedSaved(replaced=known if known and known.text != said.text else None)

    def delete_canned(self, name, *, seconds):
        found = self.canned_answer(name, seconds=seconds)
        del self.canned[name]
        return found

    def _answered(self, kind, asked, seconds):
        self._begin(seconds)
        self.asked.append((kind, asked))
        answer = self.answers[kind]
        if isinstance(answer, Exception):
            raise answer
        return answer(asked) if callable(answer) else answer

    def _begin(self, seconds):
        assert 0 < seconds < 2.21
        if not self._faults:
            return None
        error, effect = self._faults.popleft()
        if error is not None and not effect:
            raise error
        return error


LOST = InDoubtError("the answer got lost")
SILENT = NoAnswerError("the answer got lost")
