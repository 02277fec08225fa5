"""Files that come with messages."""

from dataclasses import dataclass

from sandbox.discord.errors import ApiError
from sandbox.discord.nouns import Channel, Json
from sandbox.discord.state import State


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content_type: str
    content: bytes


def keep_attachments(state: State, channel: Channel, body: Json, files: dict[int, Upload]) -> list[Json]:
    """Store the uploaded files and give the message's attachments, kept ones (edits) included."""
    written: list[Json] = []
    named = body.get("attachments") or [{"id": number} for number in files]
    for one in named:
        upload = files.get(int(one["id"]))
        if upload is None:
            kept = _find_attachment(channel, int(one["id"]))
            if kept is None:
                raise ApiError(400, 50146, "The provided file or attachment was not found.")
            written.append(kept)
            continue
        attachment_id = state.ids.new()
        name = str(one.get("filename") or upload.name)
        state.files[attachment_id] = (upload.content_type, upload.content)
        written.append(
            {
                "id": str(attachment_id),
                "filename": name,
                "description": one.get("description"),
                "content_type": upload.content_type,
                "size": len(upload.content),
                "url": f"{state.base_url}/sandbox/files/{attachment_id}/{name}",
                "proxy_url": f"{state.base_url}/sandbox/files/{attachment_id}/{name}",
            }
        )
    return written


def _find_attachment(channel: Channel, attachment_id: int) -> Json | None:
    for message in channel.messages.values():
        for attachment in message.attachments:
            if attachment["id"] == str(attachment_id):
                return attachment
    return None
