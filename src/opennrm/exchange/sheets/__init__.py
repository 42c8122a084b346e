"""Tables that somebody sends: workbooks, OpenDocument sheets, comma-separated values."""
