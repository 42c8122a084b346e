"""Prints the page of the table of fields."""

import sys

from opennrm.exchange.digital_referral.answers import table_markdown

sys.stdout.write(table_markdown())
