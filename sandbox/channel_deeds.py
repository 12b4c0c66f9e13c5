"""What is done to conversations, by the app and by people alike: each deed is noted, told and shown."""

from sandbox import cast, events, posting, wording
from sandbox.channels import Channel, Kind, Note, checked_name
from sandbox.errors import SlackError
from sandbox.identifiers import ChannelId, JsonObject, UserId
from sandbox.world import World

PAIR = 2


def create(world: World, name: str, creator: UserId, *, is_private: bool) -> Channel:
    """A new channel with its creator in it.

    Raises:
        SlackError: `invalid_name_…`, or `name_taken`, by an archived channel too.
    """
    if world.workspace.channel_named(checked_name(name)):
        raise SlackError("name_taken")
    kind = Kind.PRIVATE if is_private else Kind.PUBLIC
    channel = _new_channel(world, "C", name, kind, creator)
    described = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    if not is_private:
        flags = {"is_channel": True, "is_shared": False, "is_org_shared": False, "context_team_id": cast.TEAM_ID}
        events.tell_channel(world, channel, "created", {"channel": {**described, **flags, "creator": creator}})
    add_member(world, channel, creator)
    return channel


def open_direct(world: World, members: list[UserId]) -> Channel:
    """The direct messages between these people, opened if they were not."""
    for channel in world.workspace.channels.values():
        if not channel.is_named and set(channel.members) == set(members):
            return channel
    is_pair = len(members) <= PAIR
    name = "" if is_pair else "mpdm-" + "--".join(world.workspace.people[member].name for member in members) + "-1"
    kind = Kind.DIRECT if is_pair else Kind.GROUP_DIRECT
    channel = _new_channel(world, "D" if is_pair else "G", name, kind, members[0])
    channel.members = list(members)
    _show(world, channel)
    return channel


def archive(world: World, channel: Channel, by: UserId) -> None:
    """Close a channel; bots leave it thereby and cannot come back by themselves."""
    posting.post_notice(world, channel, by, "channel_archive", wording.archived(by))
    bot_was_member = cast.BOT_USER_ID in channel.members
    channel.is_archived = True
    channel.members = [member for member in channel.members if member != cast.BOT_USER_ID]
    fields: JsonObject = {"channel": channel.id, "user": by, "is_moved": 0}
    events.tell_channel(world, channel, "archive", fields, bot_was_member=bot_was_member)
    _show(world, channel)


def unarchive(world: World, channel: Channel, by: UserId) -> None:
    """Open a channel again; the bot stays outside until invited."""
    channel.is_archived = False
    if by not in channel.members:
        channel.members.append(by)
    posting.post_notice(world, channel, by, "channel_unarchive", wording.unarchived(by))
    events.tell_channel(world, channel, "unarchive", {"channel": channel.id, "user": by})
    _show(world, channel)


def rename(world: World, channel: Channel, name: str, by: UserId) -> None:
    """Give a channel another name.

    Raises:
        SlackError: `invalid_name_…` or `name_taken`.
    """
    taken_by = world.workspace.channel_named(checked_name(name))
    if taken_by is not None and taken_by is not channel:
        raise SlackError("name_taken")
    old_name, channel.name = channel.name, name
    channel.previous_names = [old_name, *channel.previous_names]
    text = wording.renamed(by, old_name, name)
    posting.post_notice(world, channel, by, "channel_name", text, old_name=old_name, name=name)
    described: JsonObject = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    flags = {"is_channel": channel.kind is Kind.PUBLIC, "is_mpim": False}
    events.tell_channel(world, channel, "rename", {"channel": {**described, **flags}})
    _show(world, channel)


def delete(world: World, channel: Channel, by: UserId) -> None:
    """Remove a channel with all its messages; its name is free again."""
    workspace = world.workspace
    del workspace.channels[channel.id], workspace.messages[channel.id]
    workspace.ephemerals = [shown for shown in workspace.ephemerals if shown.channel_id != channel.id]
    events.tell_channel(world, channel, "deleted", {"channel": channel.id, "actor_id": by})
    world.updates.publish("channel", channel={"id": channel.id, "is_deleted": True})


def convert_to_private(world: World, channel: Channel, by: UserId) -> None:
    """Hide a public channel from everyone but its members."""
    channel.kind = Kind.PRIVATE
    posting.post_notice(world, channel, by, "channel_convert_to_private", wording.made_private(by))
    _show(world, channel)


def add_member(world: World, channel: Channel, user_id: UserId, inviter: UserId | None = None) -> None:
    """Let somebody in; a stranger's coming makes the channel a shared one."""
    channel.members.append(user_id)
    person = world.workspace.people[user_id]
    channel.is_ext_shared = channel.is_ext_shared or person.is_stranger
    invited = {"inviter": inviter} if inviter else {}
    posting.post_notice(world, channel, user_id, "channel_join", wording.joined(user_id), **invited)
    if cast.BOT_USER_ID in channel.members:
        event = {"type": "member_joined_channel", "user": user_id, "team": person.team_id, **invited}
        events.tell_membership(world, channel, event)
    _show(world, channel)


def remove_member(world: World, channel: Channel, user_id: UserId) -> None:
    """Let somebody out, of their own will or not."""
    bot_was_member = cast.BOT_USER_ID in channel.members
    channel.members.remove(user_id)
    posting.post_notice(world, channel, user_id, "channel_leave", wording.left(user_id))
    if bot_was_member:
        team_id = world.workspace.people[user_id].team_id
        event = {"type": "member_left_channel", "user": user_id, "team": team_id}
        events.tell_membership(world, channel, event)
    _show(world, channel)


def set_topic(world: World, channel: Channel, topic: str, by: UserId) -> None:
    """Set or clear the topic."""
    channel.topic = Note(topic, by, int(world.clock.now()))
    posting.post_notice(world, channel, by, "channel_topic", wording.topic_set(by, topic), topic=topic)
    _show(world, channel)


def set_purpose(world: World, channel: Channel, purpose: str, by: UserId) -> None:
    """Set or clear the purpose."""
    channel.purpose = Note(purpose, by, int(world.clock.now()))
    posting.post_notice(world, channel, by, "channel_purpose", wording.purpose_set(by, purpose), purpose=purpose)
    _show(world, channel)


def channel_summary(channel: Channel) -> JsonObject:
    """A conversation as the people's side lists it."""
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind.value,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_im": channel.kind is Kind.DIRECT,
        "is_ext_shared": channel.is_ext_shared,
        "creator": channel.creator,
        "created": channel.created,
        "members": list(channel.members),
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
    }


def _new_channel(world: World, prefix: str, name: str, kind: Kind, creator: UserId) -> Channel:
    now = world.clock.now()
    channel_id = ChannelId(world.ids.slack_id(prefix))
    channel = Channel(channel_id, name, kind, creator, int(now), updated=int(now * 1000))
    world.workspace.channels[channel.id] = channel
    world.workspace.messages[channel.id] = {}
    return channel


def _show(world: World, channel: Channel) -> None:
    channel.updated = int(world.clock.now() * 1000)
    world.updates.publish("channel", channel=channel_summary(channel))
