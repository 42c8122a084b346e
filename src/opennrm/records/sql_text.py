"""The statements this room sends, by the role that sends them; nothing is pasted into them."""


class OWNER:
    """Statements of the owner role: enrolment only."""

    enrol_account = (
        "INSERT INTO nrm.account_secret (account, salt, memory_kib, passes, proof_hash, "
        "sealed_private) VALUES (%s, %s, %s, %s, sha256(%s), %s)"
    )
    keep_account_key = "INSERT INTO nrm.account_key (account, public_key) VALUES (%s, %s)"
    public_key_of = "SELECT public_key FROM nrm.account_key WHERE account = %s"
    keep_group_key = (
        "INSERT INTO nrm.group_key (organisation, role, public_key, search_wrap) "
        "VALUES (%s, %s, %s, %s)"
    )
    keep_group_wrap = (
        "INSERT INTO nrm.group_wrap (organisation, role, account, ciphertext) "
        "VALUES (%s, %s, %s, %s)"
    )
    keep_recovery_key = "INSERT INTO nrm.recovery_key (organisation, public_key) VALUES (%s, %s)"
    keep_recovery_part = (
        "INSERT INTO nrm.recovery_part (organisation, first_officer, second_officer, ciphertext) "
        "VALUES (%s, %s, %s, %s)"
    )
    keep_recovery_of_account = (
        "INSERT INTO nrm.recovery_of_account (account, sealed) VALUES (%s, %s)"
    )
    keep_recovery_of_group = (
        "INSERT INTO nrm.recovery_of_group (organisation, role, sealed) VALUES (%s, %s, %s)"
    )


class READER:
    """Statements that bind, open and end a session, and read as its reader."""

    bind = "SELECT nrm.bind_reader(%s)"
    salt = "SELECT salt, memory_kib, passes FROM nrm.sign_in_salt(%s)"
    open_session = "SELECT account, sealed_private FROM nrm.open_session(%s, %s, %s, %s, %s)"
    open_front_door = "SELECT nrm.open_front_door(%s, %s)"
    bind_waiting = "SELECT nrm.bind_waiting(%s)"
    factor_shown = "SELECT nrm.pass_factor(%s)"
    keep_session_key = "SELECT nrm.keep_session_key(%s)"
    bind_and_key = "SELECT nrm.bind_reader(%s), nrm.session_key()"
    end_session = "SELECT nrm.end_session()"
    make_calendar_address = "SELECT nrm.make_calendar_address(%s)"
    close_calendar_address = "SELECT nrm.close_calendar_address()"
    calendar_address_stands = "SELECT made_at, read_at FROM nrm.calendar_address_stands()"
    open_calendar = "SELECT nrm.open_calendar(%s, %s)"
    own_drafts = "SELECT draft_ref, version, content, saved_at, sent_at FROM nrm.own_drafts()"
    own_draft = (
        "SELECT draft_ref, version, content, saved_at, sent_at FROM nrm.own_drafts() "
        "WHERE draft_ref = %s"
    )
    unsent_drafts = "SELECT count(*) FROM nrm.own_drafts() WHERE sent_at IS NULL"
    keep_draft = "SELECT nrm.keep_draft(%s, %s, %s)"
    drop_draft = "SELECT nrm.drop_draft(%s)"
    draft_sent = "SELECT nrm.draft_sent(%s, %s)"
    let_program_in = "SELECT nrm.let_program_in(%s, %s, %s, %s, %s, %s, %s, %s)"
    shut_program_out = "SELECT nrm.shut_program_out(%s)"
    own_programs = (
        "SELECT program_ref, name, purpose, steps, parts, made_at, until, ended_at, seen_at "
        "FROM nrm.own_programs()"
    )
    this_program = "SELECT program_ref, purpose, steps, parts, until FROM nrm.this_program()"
    who_am_i = (
        "SELECT account.ref, account.display_name, account.language, account.is_front_door, "
        "own.ref, own.name, own.kind, own.jurisdiction, own.roles, "
        "nrm.reader_factor(), nrm.factor_is_fresh(), account.is_officer, "
        "nrm.standing_roles(account.ref), "
        "(SELECT coalesce(array_agg(tag::text), '{}') FROM accounts_trainingtag "
        " WHERE account_id = account.ref AND valid_until > %s), "
        "(SELECT max(in_force_until) FROM accounts_agreement "
        " WHERE organisation_id = own.ref AND in_force_from <= %s), "
        "(SELECT coalesce(array_agg(tag::text), '{}') FROM accounts_trainingtag "
        " WHERE account_id = account.ref AND valid_until <= %s), "
        "(SELECT max(in_force_until + wind_up_days) FROM accounts_agreement "
        " WHERE organisation_id = own.ref AND in_force_from <= %s), "
        "held.organisations, held.roles, held.keys, held.searches "
        "FROM accounts_account AS account JOIN accounts_organisation AS own "
        "ON own.ref = account.organisation_id "
        "CROSS JOIN LATERAL (SELECT array_agg(w.organisation) AS organisations, "
        " array_agg(w.role) AS roles, array_agg(w.ciphertext) AS keys, "
        " array_agg(k.search_wrap) AS searches FROM nrm.group_wrap AS w "
        " JOIN nrm.group_key AS k USING (organisation, role) "
        " WHERE w.account = account.ref) AS held "
        "WHERE account.ref = %s"
    )
