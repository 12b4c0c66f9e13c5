"""What people in Slack read in German: each sentence under its English one."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    # profiles
    "✓ Verified: they came with a token that your app signed for them.": (
        "✓ Bestätigt: mit einem Token angemeldet, das die App dafür signiert hat."
    ),
    "⚠ Not verified: somebody only says that they are this user.": (
        "⚠ Nicht bestätigt: Es behauptet nur jemand, diese Person zu sein."
    ),
    "Anonymous: nobody has logged in, and only their device tells who they are.": (
        "Anonym: nicht angemeldet, nur am Gerät wiederzuerkennen."
    ),
    "Picture of {name}": "Bild von {name}",
    "First seen {first} · last seen {last}": "Zuerst gesehen {first} · zuletzt gesehen {last}",
    "Last seen {last}": "Zuletzt gesehen {last}",
    "{count} conversation": "{count} Gespräch",
    "{count} conversations": "{count} Gespräche",
    "{count} message from them": "{count} Nachricht von dort",
    "{count} messages from them": "{count} Nachrichten von dort",
    "{count} reply": "{count} Antwort",
    "{count} replies": "{count} Antworten",
    "Devices": "Geräte",
    "{what} · seen {when}": "{what} · gesehen {when}",
    "app {number}": "App {number}",
    "on {page}": "auf {page}",
    "… and {count} more device": "… und {count} weiteres Gerät",
    "… and {count} more devices": "… und {count} weitere Geräte",
    "{agent} shared this profile with the channel.": "{agent} hat dieses Profil dem Kanal gezeigt.",
    "{agent} shared the profile of {title}": "{agent} hat das Profil von {title} geteilt",
    "`/sk !profile` shows the profile to you alone, `/sk !profile share` to everybody in this channel. "
    "Nothing was sent. To send it as text, write `/sk \\!profile …`.": (
        "`/sk !profile` zeigt das Profil nur dir, `/sk !profile share` allen in diesem Kanal. "
        "Nichts wurde gesendet. Um es als Text zu senden: `/sk \\!profile …`."
    ),
    "The profile was not shared: {reason}. Please try again in a moment.": (
        "Das Profil wurde nicht geteilt: {reason}. Bitte gleich noch einmal versuchen."
    ),
    "Slack did not answer: the profile may stand in the channel. Please look before you share it again.": (
        "Slack hat nicht geantwortet: Das Profil steht vielleicht im Kanal. Bitte vor einem neuen Versuch nachsehen."
    ),
}
