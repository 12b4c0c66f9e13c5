"""Rich text as apps may post it, and the tables whose cells may hold it."""

from collections.abc import Mapping

from sandbox.blocks.shapes import Checker, anything, boolean, integer, list_of, one_of, shape, string, tagged

MOST_PARTS = 1000
_STYLE = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_STYLED: Mapping[str, Checker] = {"type": anything, "style": _STYLE}
_ID = string(255)

_INLINE = tagged(
    {
        "text": shape({"text": string(12_000, 0)}, _STYLED),
        "link": shape({"url": string(3000)}, {**_STYLED, "text": string(12_000, 0), "unsafe": boolean}),
        "emoji": shape({"name": string(100)}, {**_STYLED, "unicode": string(100), "skin_tone": integer(1, 6)}),
        "user": shape({"user_id": _ID}, _STYLED),
        "channel": shape({"channel_id": _ID}, _STYLED),
        "usergroup": shape({"usergroup_id": _ID}, _STYLED),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": shape({"value": string(20)}, _STYLED),
        "date": shape(
            {"timestamp": integer(0, 9_999_999_999), "format": string(255)},
            {**_STYLED, "url": string(3000), "fallback": string(255)},
        ),
    },
    "rich text element",
)
_INLINES = list_of(_INLINE, MOST_PARTS, 0)
_SECTION = shape({"elements": _INLINES}, {"type": one_of("rich_text_section")})
_BORDERED: Mapping[str, Checker] = {"type": anything, "border": integer(0, 1)}
_PART = tagged(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": shape(
            {"style": one_of("bullet", "ordered"), "elements": list_of(_SECTION, MOST_PARTS, 0)},
            {**_BORDERED, "indent": integer(0, 8), "offset": integer(0, 9999)},
        ),
        "rich_text_quote": shape({"elements": _INLINES}, _BORDERED),
        "rich_text_preformatted": shape({"elements": _INLINES}, {**_BORDERED, "language": string(50)}),
    },
    "rich text",
)
_BLOCK: Mapping[str, Checker] = {"type": anything, "block_id": _ID}

RICH_TEXT = shape({"elements": list_of(_PART, MOST_PARTS, 0)}, _BLOCK)
_CELL = tagged({"raw_text": shape({"text": string(3000, 0)}, {"type": anything}), "rich_text": RICH_TEXT}, "cell")
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
TABLE = shape({"rows": list_of(list_of(_CELL, 20), 100)}, {**_BLOCK, "column_settings": list_of(_COLUMN, 20)})
