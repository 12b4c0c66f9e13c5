"""What only one person sees: shown, replaced, withdrawn."""

from sandbox import cast
from sandbox.authorship import OWN_LOOK, Look, bot_authorship
from sandbox.channels import Channel
from sandbox.identifiers import CallId, JsonObject, Ts, UserId
from sandbox.messages import Ephemeral, for_people
from sandbox.world import World


def show(
    world: World,
    channel: Channel,
    user_id: UserId,
    content: JsonObject,
    *,
    look: Look = OWN_LOOK,
    thread_ts: Ts | None = None,
    from_slack: bool = False,
    call_id: CallId | None = None,
    marked: bool = True,
) -> Ephemeral:
    """Show something to one person alone; `from_slack` marks Slack's own notices."""
    author = {"user": cast.SLACKBOT} if from_slack else bot_authorship(look)
    ts = world.workspace.next_ts(world.clock.now())
    body: JsonObject = {"type": "message", **author, **content, "ts": ts}
    if thread_ts:
        body["thread_ts"] = thread_ts
    ephemeral = Ephemeral(channel.id, user_id, body, from_slack, call_id, marked)
    world.workspace.ephemerals.append(ephemeral)
    _publish(world, ephemeral, for_people(ephemeral))
    return ephemeral


def replace(world: World, ephemeral: Ephemeral, new_body: JsonObject) -> None:
    """Show something else in its place."""
    ephemeral.body = new_body
    _publish(world, ephemeral, for_people(ephemeral))


def withdraw(world: World, ephemeral: Ephemeral) -> None:
    """Take it away again."""
    world.workspace.ephemerals.remove(ephemeral)
    _publish(world, ephemeral, None)


def _publish(world: World, ephemeral: Ephemeral, shown: JsonObject | None) -> None:
    where = {"channel": ephemeral.channel_id, "user": ephemeral.user_id, "ts": ephemeral.ts}
    world.updates.publish("ephemeral", **where, message=shown)
