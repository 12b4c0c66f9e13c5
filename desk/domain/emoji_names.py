"""Slack's names of emoji, `:smile:`, and the characters that apps show."""

import re
from collections.abc import Mapping

import emoji

_NAME = re.compile(r":(?P<name>[a-z0-9_+'-]{1,100})(?=:)")
_TONE = re.compile(r":skin-tone-(?P<tone>[2-6]):")
_TONES = {"2": "\U0001f3fb", "3": "\U0001f3fc", "4": "\U0001f3fd", "5": "\U0001f3fe", "6": "\U0001f3ff"}
_FLAG = re.compile(r"flag-([a-z])([a-z])")
_DOUBTFUL = re.compile(r"[0-9a-f]+|.{1,2}")
"""Names that may be part of a time, an address or a ratio: `10:100:20`, `2001:bed:1`, `a:b:c`."""
_VARIATION = "\ufe0f"

_SLACKS_OWN = """
keycap_star *️⃣ flag-sark 🇨🇶 mostly_sunny 🌤️ sun_small_cloud 🌤️ barely_sunny 🌥️ sun_behind_cloud 🌥️
partly_sunny_rain 🌦️ rain_cloud 🌧️ snow_cloud 🌨️ lightning 🌩️ lightning_cloud 🌩️ tornado_cloud 🌪️
knife_fork_plate 🍽️ medal 🎖️ woman-running 🏃‍♀️ man-running 🏃‍♂️ woman-surfing 🏄‍♀️ man-surfing 🏄‍♂️
woman-swimming 🏊‍♀️ man-swimming 🏊‍♂️ woman-lifting-weights 🏋️‍♀️ man-lifting-weights 🏋️‍♂️ woman-golfing 🏌️‍♀️
man-golfing 🏌️‍♂️ rainbow-flag 🏳️‍🌈 flag-england 🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag-scotland 🏴󠁧󠁢󠁳󠁣󠁴󠁿 flag-wales 🏴󠁧󠁢󠁷󠁬󠁳󠁿 skin-tone-2 🏻
skin-tone-3 🏼 skin-tone-4 🏽 skin-tone-5 🏾 skin-tone-6 🏿 ladybug 🐞 camel 🐫 mouse 🐭 cow 🐮 tiger 🐯 rabbit 🐰
cat 🐱 horse 🐴 dog 🐶 pig 🐷 eye-in-speech-bubble 👁️‍🗨️ male-farmer 👨‍🌾 male-cook 👨‍🍳 male-student 👨‍🎓
male-singer 👨‍🎤 male-artist 👨‍🎨 male-teacher 👨‍🏫 male-factory-worker 👨‍🏭 man-boy-boy 👨‍👦‍👦 man-boy 👨‍👦
man-girl-boy 👨‍👧‍👦 man-girl-girl 👨‍👧‍👧 man-girl 👨‍👧 man-man-boy 👨‍👨‍👦 man-man-boy-boy 👨‍👨‍👦‍👦
man-man-girl 👨‍👨‍👧 man-man-girl-boy 👨‍👨‍👧‍👦 man-man-girl-girl 👨‍👨‍👧‍👧 man-woman-boy 👨‍👩‍👦
man-woman-boy-boy 👨‍👩‍👦‍👦 man-woman-girl 👨‍👩‍👧 man-woman-girl-boy 👨‍👩‍👧‍👦 man-woman-girl-girl 👨‍👩‍👧‍👧
male-technologist 👨‍💻 male-office-worker 👨‍💼 male-mechanic 👨‍🔧 male-scientist 👨‍🔬 male-astronaut 👨‍🚀
male-firefighter 👨‍🚒 male-doctor 👨‍⚕️ male-judge 👨‍⚖️ male-pilot 👨‍✈️ man-heart-man 👨‍❤️‍👨
man-kiss-man 👨‍❤️‍💋‍👨 female-farmer 👩‍🌾 female-cook 👩‍🍳 female-student 👩‍🎓 female-singer 👩‍🎤
female-artist 👩‍🎨 female-teacher 👩‍🏫 female-factory-worker 👩‍🏭 woman-boy-boy 👩‍👦‍👦 woman-boy 👩‍👦
woman-girl-boy 👩‍👧‍👦 woman-girl-girl 👩‍👧‍👧 woman-girl 👩‍👧 woman-woman-boy 👩‍👩‍👦
woman-woman-boy-boy 👩‍👩‍👦‍👦 woman-woman-girl 👩‍👩‍👧 woman-woman-girl-boy 👩‍👩‍👧‍👦
woman-woman-girl-girl 👩‍👩‍👧‍👧 female-technologist 👩‍💻 female-office-worker 👩‍💼 female-mechanic 👩‍🔧
female-scientist 👩‍🔬 female-astronaut 👩‍🚀 female-firefighter 👩‍🚒 female-doctor 👩‍⚕️ female-judge 👩‍⚖️
female-pilot 👩‍✈️ woman-heart-man 👩‍❤️‍👨 woman-heart-woman 👩‍❤️‍👩 woman-kiss-man 👩‍❤️‍💋‍👨
woman-kiss-woman 👩‍❤️‍💋‍👩 man_and_woman_holding_hands 👫 female-police-officer 👮‍♀️ male-police-officer 👮‍♂️
women-with-bunny-ears-partying 👯‍♀️ woman-with-bunny-ears-partying 👯‍♀️ men-with-bunny-ears-partying 👯‍♂️
man-with-bunny-ears-partying 👯‍♂️ bride_with_veil 👰 blond-haired-woman 👱‍♀️ blond-haired-man 👱‍♂️
woman-wearing-turban 👳‍♀️ man-wearing-turban 👳‍♂️ man_with_turban 👳 female-construction-worker 👷‍♀️
male-construction-worker 👷‍♂️ woman-tipping-hand 💁‍♀️ man-tipping-hand 💁‍♂️ female-guard 💂‍♀️ male-guard 💂‍♂️
guardsman 💂 woman-getting-massage 💆‍♀️ man-getting-massage 💆‍♂️ woman-getting-haircut 💇‍♀️
man-getting-haircut 💇‍♂️ kiss 💋 calendar 📆 female-detective 🕵️‍♀️ male-detective 🕵️‍♂️ spock-hand 🖖
woman-gesturing-no 🙅‍♀️ man-gesturing-no 🙅‍♂️ woman-gesturing-ok 🙆‍♀️ man-gesturing-ok 🙆‍♂️ ok_woman 🙆
woman-bowing 🙇‍♀️ man-bowing 🙇‍♂️ woman-raising-hand 🙋‍♀️ man-raising-hand 🙋‍♂️ woman-frowning 🙍‍♀️
man-frowning 🙍‍♂️ woman-pouting 🙎‍♀️ man-pouting 🙎‍♂️ train 🚋 woman-rowing-boat 🚣‍♀️ man-rowing-boat 🚣‍♂️
woman-biking 🚴‍♀️ man-biking 🚴‍♂️ woman-mountain-biking 🚵‍♀️ man-mountain-biking 🚵‍♂️ woman-walking 🚶‍♀️
man-walking 🚶‍♂️ octagonal_sign 🛑 shopping_trolley 🛒 scooter 🛴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_purple_circle 🟣 large_brown_circle 🟤 large_red_square 🟥 large_blue_square 🟦
large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_purple_square 🟪 large_brown_square 🟫
the_horns 🤘 hand_with_index_and_middle_fingers_crossed 🤞 i_love_you_hand_sign 🤟 face_with_cowboy_hat 🤠
woman-facepalming 🤦‍♀️ man-facepalming 🤦‍♂️ face_palm 🤦 face_with_one_eyebrow_raised 🤨
grinning_face_with_star_eyes 🤩 grinning_face_with_one_large_and_one_small_eye 🤪
face_with_finger_covering_closed_lips 🤫 serious_face_with_symbols_covering_mouth 🤬
smiling_face_with_smiling_eyes_and_hand_covering_mouth 🤭 face_with_open_mouth_vomiting 🤮
shocked_face_with_exploding_head 🤯 mother_christmas 🤶 woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️
woman-cartwheeling 🤸‍♀️ man-cartwheeling 🤸‍♂️ person_doing_cartwheel 🤸 woman-juggling 🤹‍♀️ man-juggling 🤹‍♂️
juggling 🤹 fencer 🤺 woman-wrestling 🤼‍♀️ man-wrestling 🤼‍♂️ wrestlers 🤼 woman-playing-water-polo 🤽‍♀️
man-playing-water-polo 🤽‍♂️ woman-playing-handball 🤾‍♀️ man-playing-handball 🤾‍♂️ handball 🤾
drum_with_drumsticks 🥁 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 egg 🥚 kiwifruit 🥝
smiling_face_with_3_hearts 🥰 womans_flat_shoe 🥿 giraffe_face 🦒 zebra_face 🦓 female_superhero 🦸‍♀️
male_superhero 🦸‍♂️ female_supervillain 🦹‍♀️ male_supervillain 🦹‍♂️ mate_drink 🧉 red_haired_person 🧑‍🦰
curly_haired_person 🧑‍🦱 bald_person 🧑‍🦲 white_haired_person 🧑‍🦳 woman_with_beard 🧔‍♀️ man_with_beard 🧔‍♂️
person_with_headscarf 🧕 female_mage 🧙‍♀️ male_mage 🧙‍♂️ female_fairy 🧚‍♀️ male_fairy 🧚‍♂️ female_vampire 🧛‍♀️
male_vampire 🧛‍♂️ female_elf 🧝‍♀️ male_elf 🧝‍♂️ female_genie 🧞‍♀️ male_genie 🧞‍♂️ female_zombie 🧟‍♀️
male_zombie 🧟‍♂️ eject ⏏️ staff_of_aesculapius ⚕️ woman-bouncing-ball ⛹️‍♀️ man-bouncing-ball ⛹️‍♂️ email ✉️
"""
"""What the library calls otherwise, or means otherwise, than the table that Slack uses (iamcal/emoji-data, 16.0)."""


def with_emoji(text: str) -> str:
    """`text` with Slack's names of emoji replaced by the characters. Names that are none stay as they are."""
    pieces: list[str] = []
    end = 0
    while found := _NAME.search(text, end):
        behind = found.end() + 1
        character = _character(found["name"]) if _plausible(text, found) else None
        if character is None:  # its second colon may begin the next name
            pieces.append(text[end : found.end()])
            end = found.end()
            continue
        toned, behind = _toned(character, text, behind)
        pieces += [text[end : found.start()], toned]
        end = behind
    return "".join([*pieces, text[end:]])


def _plausible(text: str, found: re.Match[str]) -> bool:
    """Whether somebody means an emoji: a short name between letters or digits is part of something else."""
    if not _DOUBTFUL.fullmatch(found["name"]):
        return True
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() + 1 : found.end() + 2]
    return not any(each.isascii() and each.isalnum() for each in around)


def _character(name: str) -> str | None:
    if known := _NAMES.get(name):
        return known
    if letters := _FLAG.fullmatch(name):
        flag = "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in letters.groups())
        return flag if flag in emoji.EMOJI_DATA else None
    return None


def _toned(character: str, text: str, behind: int) -> tuple[str, int]:
    """The emoji with the tone of skin that follows it, where there is such an emoji, and where the text goes on."""
    tone = _TONE.match(text, behind)
    if tone is None:
        return character, behind
    toned = character[0] + _TONES[tone["tone"]] + character[1:].removeprefix(_VARIATION)
    return (toned, tone.end()) if toned in emoji.EMOJI_DATA else (character, behind)


def _all_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for character, about in emoji.EMOJI_DATA.items():
        if about["status"] <= emoji.STATUS["fully_qualified"]:
            for name in (about["en"], *about.get("alias", ())):
                names.setdefault(name.strip(":"), character)
    own = _SLACKS_OWN.split()
    return names | dict(zip(own[::2], own[1::2], strict=True))


_NAMES = _all_names()
