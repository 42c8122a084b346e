"""Reads and writes workbooks of the Human Trafficking Case Data Standard (HTCDS) 2.0.

Contains material from the Human Trafficking Case Data Standard (HTCDS) 2.0 by the International
Organization for Migration (IOM), licensed under CC BY 4.0. Changed: extracted from the published
spreadsheet, text files and forms into CSV; leading and trailing blanks removed; fields matched
to the columns of the Excel template and the names of the XLSForm. IOM does not endorse this
software.
"""
