"""Every sentence that people in Slack read from the desk, by what it is about; `operators` holds those for operators.

Each says whether its values come escaped. All but those for operators go through `speech`. Newer areas are imported
by their names.
"""

from desk.domain.wording.answers import *
from desk.domain.wording.channels import *
from desk.domain.wording.dispatch import *
from desk.domain.wording.messages import *
from desk.domain.wording.operators.channel_book import *
from desk.domain.wording.operators.erasure import *
from desk.domain.wording.operators.slack import *
from desk.domain.wording.reasons import *
from desk.domain.wording.replies import *
