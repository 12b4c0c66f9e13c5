"""The people's side: what the page and tests see and do under `/_sandbox`, as people in Slack's own client would."""

from sandbox.people_side import account_acts, acts, channel_acts, control, looking, view_acts

ROUTES = (*looking.ROUTES, *acts.ROUTES, *view_acts.ROUTES, *channel_acts.ROUTES, *account_acts.ROUTES, *control.ROUTES)
