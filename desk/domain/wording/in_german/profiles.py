"""What people read of an app user's profile, and why it is not shown."""

from collections.abc import Mapping

GERMAN: Mapping[str, str] = {
    "✓ Verified: they came with a token that your app signed for them.": (
        "✓ Bestätigt: mit einem Token angemeldet, das die App dafür signiert hat."
    ),
    "⚠ Not verified: somebody only says that they are this user.": (
        "⚠ Nicht bestätigt: es behauptet nur jemand, diese Person zu sein."
    ),
    "Anonymous: nobody has logged in, and only their device tells who they are.": (
        "Anonym: nicht angemeldet, nur am Gerät wiederzuerkennen."
    ),
    "Picture of {name}": "Bild von {name}",
    "First seen {first} · last seen {last}": "Erstmals gesehen {first} · zuletzt gesehen {last}",
    "Last seen {last}": "Zuletzt gesehen {last}",
    "{count} conversation": "{count} Gespräch",
    "{count} conversations": "{count} Gespräche",
    "{count} message from them": "{count} Nachricht vom App-Nutzer",
    "{count} messages from them": "{count} Nachrichten vom App-Nutzer",
    "{count} reply": "{count} Antwort",
    "{count} replies": "{count} Antworten",
    "Devices": "Geräte",
    "{what} · seen {when}": "{what} · gesehen {when}",
    "app {number}": "App {number}",
    "on {page}": "auf {page}",
    "… and {count} more device": "… und {count} weiteres Gerät",
    "… and {count} more devices": "… und {count} weitere Geräte",
    "{agent} shared this profile with the channel.": "{agent} hat dieses Profil dem Channel gezeigt.",
    "{agent} shared the profile of {title}": "{agent} hat das Profil von {title} geteilt",
    "`/sk !profile` shows the profile to you alone, `/sk !profile share` to everybody in this channel. "
    "Nothing was sent. To send it as text, write `/sk \\!profile …`.": (
        "`/sk !profile` zeigt das Profil nur dir, `/sk !profile share` allen in diesem Channel. "
        "Nichts wurde gesendet. Um es als Text zu senden: `/sk \\!profile …`."
    ),
    "The profile was not shared: {reason}. Please try again in a moment.": (
        "Das Profil wurde nicht geteilt: {reason}. Bitte gleich noch einmal versuchen."
    ),
    "Slack did not answer: the profile may stand in the channel. Please look before you share it again.": (
        "Slack hat nicht geantwortet: das Profil steht vielleicht im Channel. Bitte vor einem neuen Versuch nachsehen."
    ),
    "Profile of {name}": "Profil von {name}",
    "✎ {name} is typing now": "✎ {name} schreibt gerade",
    "(none)": "(keine Angabe)",
    "Properties": "Eigenschaften",
    "No properties.": "Keine Eigenschaften.",
    "There are more properties than Slack can show: the App API has them all.": (
        "Es gibt mehr Eigenschaften, als Slack zeigen kann: alle stehen in der App-API."
    ),
    "The profile cannot be shown: the app's side does not answer. Please try again later.": (
        "Das Profil kann nicht gezeigt werden: der Server der App antwortet nicht. Bitte später noch einmal versuchen."
    ),
    "The profile cannot be shown: {description}": "Das Profil kann nicht gezeigt werden: {description}",
    "User ID": "Nutzer-ID der App",
    "Given name": "Vorname",
    "Surname": "Nachname",
    "Email": "E-Mail",
    "Signed up at": "Registriert am",
    "Conversation started": "Gespräch begonnen",
    "App user ID": "App-Nutzer-ID",
    "yes": "ja",
    "no": "nein",
}
