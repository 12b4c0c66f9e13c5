"""Every sentence that people in Slack read from the desk, by what it is about; `operators` holds those for operators.

Each says whether its values come escaped. All but those for operators go through `speech`.
"""

from desk.domain.wording.answers import (
    already_sent as already_sent,
)
from desk.domain.wording.answers import (
    being_erased as being_erased,
)
from desk.domain.wording.answers import (
    in_doubt as in_doubt,
)
from desk.domain.wording.answers import (
    moved_on as moved_on,
)
from desk.domain.wording.answers import (
    never_settled as never_settled,
)
from desk.domain.wording.answers import (
    nothing_sent_away as nothing_sent_away,
)
from desk.domain.wording.answers import (
    nothing_sent_busy as nothing_sent_busy,
)
from desk.domain.wording.answers import (
    nothing_sent_refused as nothing_sent_refused,
)
from desk.domain.wording.answers import (
    person_unknown as person_unknown,
)
from desk.domain.wording.answers import (
    refused_bot as refused_bot,
)
from desk.domain.wording.answers import (
    refused_deactivated as refused_deactivated,
)
from desk.domain.wording.answers import (
    refused_guest as refused_guest,
)
from desk.domain.wording.answers import (
    refused_outsider as refused_outsider,
)
from desk.domain.wording.answers import (
    retry_away as retry_away,
)
from desk.domain.wording.answers import (
    retry_in_doubt as retry_in_doubt,
)
from desk.domain.wording.answers import (
    retry_refused as retry_refused,
)
from desk.domain.wording.answers import (
    send_again_button as send_again_button,
)
from desk.domain.wording.answers import (
    settled_refused as settled_refused,
)
from desk.domain.wording.answers import (
    settled_sent as settled_sent,
)
from desk.domain.wording.answers import (
    unknown_button as unknown_button,
)
from desk.domain.wording.answers import (
    wrong_place as wrong_place,
)
from desk.domain.wording.channels import (
    an_agent as an_agent,
)
from desk.domain.wording.channels import (
    goes_on as goes_on,
)
from desk.domain.wording.channels import (
    introduction as introduction,
)
from desk.domain.wording.channels import (
    said_by as said_by,
)
from desk.domain.wording.channels import (
    turned_out_away as turned_out_away,
)
from desk.domain.wording.channels import (
    turned_out_here as turned_out_here,
)
from desk.domain.wording.channels import (
    turned_out_there as turned_out_there,
)
from desk.domain.wording.dispatch import (
    channel_made as channel_made,
)
from desk.domain.wording.dispatch import (
    started as started,
)
from desk.domain.wording.dispatch import (
    started_before_channel as started_before_channel,
)
from desk.domain.wording.dispatch import (
    turned_out as turned_out,
)
from desk.domain.wording.messages import (
    all_nameless as all_nameless,
)
from desk.domain.wording.messages import (
    an_image as an_image,
)
from desk.domain.wording.messages import (
    empty_message as empty_message,
)
from desk.domain.wording.messages import (
    file_named as file_named,
)
from desk.domain.wording.messages import (
    file_not_shown as file_not_shown,
)
from desk.domain.wording.messages import (
    file_sent as file_sent,
)
from desk.domain.wording.messages import (
    file_size as file_size,
)
from desk.domain.wording.messages import (
    nameless as nameless,
)
from desk.domain.wording.messages import (
    one_of_several as one_of_several,
)
from desk.domain.wording.operators.channel_book import (
    book_closed as book_closed,
)
from desk.domain.wording.operators.channel_book import (
    book_not_written as book_not_written,
)
from desk.domain.wording.operators.channel_book import (
    book_taken as book_taken,
)
from desk.domain.wording.operators.channel_book import (
    book_too_new as book_too_new,
)
from desk.domain.wording.operators.channel_book import (
    book_unreadable as book_unreadable,
)
from desk.domain.wording.operators.erasure import (
    erasure_archived as erasure_archived,
)
from desk.domain.wording.operators.erasure import (
    erasure_closed as erasure_closed,
)
from desk.domain.wording.operators.erasure import (
    erasure_described as erasure_described,
)
from desk.domain.wording.operators.erasure import (
    erasure_dispatch as erasure_dispatch,
)
from desk.domain.wording.operators.erasure import (
    erasure_file as erasure_file,
)
from desk.domain.wording.operators.erasure import (
    erasure_former_name as erasure_former_name,
)
from desk.domain.wording.operators.erasure import (
    erasure_kept as erasure_kept,
)
from desk.domain.wording.operators.erasure import (
    erasure_named as erasure_named,
)
from desk.domain.wording.operators.erasure import (
    erasure_open as erasure_open,
)
from desk.domain.wording.operators.erasure import (
    erasure_people as erasure_people,
)
from desk.domain.wording.operators.slack import (
    dispatch_archived as dispatch_archived,
)
from desk.domain.wording.operators.slack import (
    dispatch_closed as dispatch_closed,
)
from desk.domain.wording.operators.slack import (
    dispatch_lost as dispatch_lost,
)
from desk.domain.wording.operators.slack import (
    dispatch_missing as dispatch_missing,
)
from desk.domain.wording.operators.slack import (
    not_asked_yet as not_asked_yet,
)
from desk.domain.wording.operators.slack import (
    slack_blocks as slack_blocks,
)
from desk.domain.wording.operators.slack import (
    slack_limits as slack_limits,
)
from desk.domain.wording.operators.slack import (
    slack_silent as slack_silent,
)
from desk.domain.wording.operators.slack import (
    slack_unanswered as slack_unanswered,
)
from desk.domain.wording.operators.slack import (
    slack_unreachable as slack_unreachable,
)
from desk.domain.wording.profile import (
    field_label as field_label,
)
from desk.domain.wording.profile import (
    no_properties as no_properties,
)
from desk.domain.wording.profile import (
    no_value as no_value,
)
from desk.domain.wording.profile import (
    profile_away as profile_away,
)
from desk.domain.wording.profile import (
    profile_refused as profile_refused,
)
from desk.domain.wording.profile import (
    profile_title as profile_title,
)
from desk.domain.wording.profile import (
    properties_cut as properties_cut,
)
from desk.domain.wording.profile import (
    properties_title as properties_title,
)
from desk.domain.wording.profile import (
    typing as typing,
)
from desk.domain.wording.profile import (
    yes_or_no as yes_or_no,
)
from desk.domain.wording.reasons import (
    channel_lost as channel_lost,
)
from desk.domain.wording.reasons import (
    erased as erased,
)
from desk.domain.wording.reasons import (
    retold as retold,
)
from desk.domain.wording.reasons import (
    slack_refuses as slack_refuses,
)
from desk.domain.wording.replies import (
    cut_in_view as cut_in_view,
)
from desk.domain.wording.replies import (
    delivery as delivery,
)
from desk.domain.wording.replies import (
    replied as replied,
)
from desk.domain.wording.replies import (
    retry_button as retry_button,
)
from desk.domain.wording.replies import (
    show_again_button as show_again_button,
)
from desk.domain.wording.replies import (
    stranded as stranded,
)
from desk.domain.wording.replies import (
    stranding as stranding,
)
