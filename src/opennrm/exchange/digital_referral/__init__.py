"""The answers of the digital referral form of the United Kingdom, in our own words.

Field names are those of the public form "Report modern slavery" (Home Office, MIT licence); what
each becomes here is this project's own table, `fields.csv`.
"""
