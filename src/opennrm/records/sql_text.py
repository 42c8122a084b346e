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
    open_session = "SELECT account, sealed_private FROM nrm.open_session(%s, %s, %s, %s, %s, %s)"
    open_front_door = "SELECT nrm.open_front_door(%s, %s)"
    bind_waiting = "SELECT nrm.bind_waiting(%s)"
    factor_shown = "SELECT nrm.pass_factor(%s)"
    keep_session_key = "SELECT nrm.keep_session_key(%s)"
    bind_and_use = "SELECT nrm.bind_reader(%s), nrm.use_form_key(%s)"
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
    who_am_i = "SELECT me.* FROM nrm.who_is_at_work(%s) AS me"
    resume = "SELECT me.* FROM nrm.resume_session(%s, %s) AS me"
