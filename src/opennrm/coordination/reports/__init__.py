"""The yearly report: one document, written as a page, for a word processor, and as a paper."""
