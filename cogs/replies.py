"""The sentences and embeds of answers."""

from collections.abc import Sequence

import discord

from bot.delivery.embed import CREDIT, LOOKS, add_show, day_stamp, premiere_text, told_by
from bot.delivery.plain import escaped, web_url
from bot.guilds.follows import Followed, Place
from bot.guilds.status import ServerStatus, ShowStatus
from bot.model import ChannelId, Feed, Follow, Guild, Season, Show, Story, Trouble

GREEN = 0x2ECC71
GREY = 0x95A5A6
MAX_FIELD = 1024
PAGE = 15
_MAX_SEASONS = 4
_MAX_HEADLINE = 90


def followed_embed(followed: Followed, status: ShowStatus) -> discord.Embed:
    """Say that a show is followed, where its news will come, and how it stands."""
    embed = discord.Embed(
        title="Moved" if followed.moved else "Following", description=_where(followed), colour=GREEN
    )
    add_show(embed, followed.show)
    embed.add_field(name="How it stands", value=standing(status), inline=False)
    embed.set_footer(text=CREDIT)
    return embed


def unfollowed_text(show: Show) -> str:
    """Say that a show is no longer followed."""
    return f"This server no longer follows **{escaped(show.label, 300)}**."


def restored_text(show: Show) -> str:
    """Say that a show is followed again."""
    return f"This server follows **{escaped(show.label, 300)}** again."


def following_embed(followed: Sequence[tuple[Follow, Show]], page: int) -> discord.Embed:
    """List one page of what a server follows, each with its channel."""
    shown = followed[page * PAGE : (page + 1) * PAGE]
    lines = [
        f"**{escaped(show.name, 100)}** · {_marks(show)}{_in_channel(follow.channel_id)}"
        for follow, show in shown
    ]
    count = len(followed)
    embed = discord.Embed(
        title=f"This server follows {count} show{'s' if count != 1 else ''}",
        description="\n".join(lines),
        colour=GREEN,
    )
    if count > PAGE:
        embed.set_footer(text=f"Page {page + 1} of {-(-count // PAGE)}")
    return embed


def show_embed(status: ShowStatus) -> discord.Embed:
    """Tell what we know of a show."""
    embed = discord.Embed(title="What we know", description=standing(status), colour=GREEN)
    add_show(embed, status.show)
    if status.seasons:
        embed.add_field(name="Seasons", value=_seasons_text(status.seasons), inline=False)
    embed.add_field(name="Latest news", value=_stories_text(status.stories), inline=False)
    embed.set_footer(text=CREDIT)
    return embed


def server_embed(status: ServerStatus, missing: Sequence[str]) -> discord.Embed:
    """Tell how a server is set up and how the bot fares; `missing` names the permissions that we lack."""
    embed = discord.Embed(
        title="How Greenlit is set up here", colour=GREY if missing or status.troubles else GREEN
    )
    embed.add_field(name="Announcements", value=channel_text(status.guild.channel_id), inline=False)
    embed.add_field(name="Permissions", value=permissions_text(missing), inline=False)
    if closed := _fitting([_trouble_line(trouble) for trouble in status.troubles]):
        embed.add_field(name="Channels that wait to be mended", value=closed, inline=False)
    embed.add_field(name="Shows followed", value=str(status.follows))
    embed.add_field(name="Waiting to be sent", value=str(status.pending))
    growing = "" if status.complete else ", still growing"
    embed.add_field(name="Catalogue", value=f"{status.shows:,} shows{growing}")
    feeds = _fitting([_feed_line(feed) for feed in status.feeds])
    embed.add_field(name="Feeds", value=feeds or "None are set.", inline=False)
    return embed


def settings_embed(guild: Guild, missing: Sequence[str]) -> discord.Embed:
    """List what a server has set, and whether it works."""
    embed = discord.Embed(title="Settings of this server", colour=GREY if missing else GREEN)
    embed.add_field(name="Announcements", value=channel_text(guild.channel_id), inline=False)
    if guild.channel_id is not None:
        embed.add_field(name="Permissions", value=permissions_text(missing), inline=False)
    if guild.publish:
        embed.add_field(name="Publishing", value="In announcement channels, ten an hour", inline=False)
    return embed


def channel_chosen_text(channel_id: int, moved: int = 0) -> str:
    """Confirm the announcement channel, and that `moved` announcements come from a closed one."""
    chosen = f"✅ News will come to <#{channel_id}>."
    if moved:
        return f"{chosen} What waited for the channel before comes here too ({moved})."
    return f"{chosen} Now name the shows: `/follow`"


def publishing_text(publish: bool) -> str:
    """Say whether announcements are published."""
    if not publish:
        return "✅ I publish nothing; servers that follow your announcement channel get nothing of mine."
    return (
        "✅ I publish what I announce in an announcement channel: servers that follow it get it, too. "
        "Discord lets me publish ten messages an hour in a channel; what is over that stays here."
    )


def channel_text(channel_id: ChannelId | None) -> str:
    """Say where a server's announcements go."""
    if channel_id is None:
        return "No channel yet. Whoever manages the server chooses one with `/setup channel`."
    return f"<#{channel_id}>"


def permissions_text(missing: Sequence[str]) -> str:
    """Say whether we may write, or what is missing."""
    return f"⚠️ Missing: {', '.join(missing)}" if missing else "✅ Nothing is missing"


def standing(status: ShowStatus) -> str:
    """Tell how a show stands, with its next premiere where one is known."""
    stage = status.stage
    return f"{stage.text}\n📅 {premiere_text(stage.premiere)}" if stage.premiere is not None else stage.text


def _where(followed: Followed) -> str:
    match followed.place:
        case Place.NOWHERE:
            return (
                "⚠️ But I have no channel to announce it in. "
                "Whoever manages this server chooses one with `/setup channel`."
            )
        case Place.NEW_SERVERS:
            return f"News will come to <#{followed.channel_id}>. `/setup channel` chooses another."
        case Place.HERE:
            return (
                f"News will come here, to <#{followed.channel_id}>, as this server has chosen no channel yet."
            )
        case Place.NAMED | Place.SERVERS:
            return f"News will come to <#{followed.channel_id}>."


def _in_channel(channel_id: ChannelId | None) -> str:
    return f"<#{channel_id}>" if channel_id is not None else "no channel yet"


def _marks(show: Show) -> str:
    marks = [str(mark) for mark in (show.year, show.network) if mark]
    return "".join(f"{escaped(mark, 60)} · " for mark in marks)


def _seasons_text(seasons: Sequence[Season]) -> str:
    lines = [_season_line(season) for season in seasons[-_MAX_SEASONS:]]
    if earlier := len(seasons) - len(lines):
        lines.insert(0, f"{earlier} earlier season{'s' if earlier != 1 else ''}")
    return "\n".join(lines)


def _season_line(season: Season) -> str:
    parts = [f"Season {season.number}"]
    if season.premiere_date is not None:
        parts.append(f"<t:{day_stamp(season.premiere_date)}:D>")
    if season.episodes:
        parts.append(f"{season.episodes} episodes")
    return " · ".join(parts)


def _stories_text(stories: Sequence[Story]) -> str:
    return _fitting([_story_line(story) for story in stories]) or "None that I have read so far."


def _story_line(story: Story) -> str:
    look = LOOKS[story.kind]
    headline = escaped(story.headline, _MAX_HEADLINE) or look.word
    url = web_url(story.sources[0].url)
    linked = f"[{headline}]({url.replace('(', '%28').replace(')', '%29')})" if url else headline
    told = f"<t:{int(story.told_at.timestamp())}:d>"
    return f"{look.icon} {linked}\n{told} · {escaped(told_by(story.sources), 120)}"


def _trouble_line(trouble: Trouble) -> str:
    since, probe = int(trouble.since.timestamp()), int(trouble.probe_at.timestamp())
    why = escaped(trouble.why, 200)
    return f"⚠️ <#{trouble.channel_id}>: {why}. Since <t:{since}:R>; I try again <t:{probe}:R>."


def _feed_line(feed: Feed) -> str:
    read = (
        f"<t:{int(feed.last_polled_at.timestamp())}:R>" if feed.last_polled_at is not None else "not read yet"
    )
    name = escaped(feed.name, 80)
    if feed.last_error is not None:
        return f"⚠️ {name} · {read}: {escaped(feed.last_error, 120)}"
    return f"✅ {name} · {read}" if feed.last_polled_at is not None else f"▫️ {name} · {read}"


def _fitting(lines: Sequence[str]) -> str:
    """Join as many lines as a field takes."""
    text = ""
    for line in lines:
        if len(text) + len(line) + 1 > MAX_FIELD:
            break
        text += f"{line}\n"
    return text.strip()
