-- The record of a case and everything that opens it. Row-level security is switched on and forced
-- for every table in the same statement group that makes it; policies follow in 0003.
CREATE SCHEMA nrm;
CREATE SCHEMA IF NOT EXISTS statistics;
GRANT USAGE ON SCHEMA nrm TO opennrm_app, opennrm_recorder, opennrm_definer;
GRANT USAGE ON SCHEMA statistics TO opennrm_statistics, opennrm_recorder, opennrm_definer;

-- Reference data, written by the owner from the code (records/reference_data.py).
CREATE TABLE nrm.fact_kind (
    kind text PRIMARY KEY,
    scope text,
    needs text NOT NULL CHECK (needs IN ('write', 'read', 'addressee', 'addressee_or_write', 'any'))
);
CREATE TABLE nrm.need_to_know (
    role text NOT NULL,
    compartment text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('read', 'write')),
    PRIMARY KEY (role, compartment)
);

-- Sign-in: proofs and tokens stand only as hashes, and only the definer role can read them.
CREATE TABLE nrm.account_secret (
    account uuid PRIMARY KEY REFERENCES public.accounts_account (ref),
    salt bytea NOT NULL,
    memory_kib int NOT NULL,
    passes int NOT NULL,
    proof_hash bytea NOT NULL,
    sealed_private bytea NOT NULL
);
CREATE TABLE nrm.sign_in (
    token_hash bytea PRIMARY KEY,
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    session_key bytea,
    opened_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    idle_for interval NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX sign_in_account ON nrm.sign_in (account);

-- Public keys are open to all; private ones are wrapped to an account or to a group.
CREATE TABLE nrm.account_key (
    account uuid PRIMARY KEY REFERENCES public.accounts_account (ref),
    public_key bytea NOT NULL
);
CREATE TABLE nrm.group_key (
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    role text NOT NULL,
    public_key bytea NOT NULL,
    search_wrap bytea,
    PRIMARY KEY (organisation, role)
);
CREATE TABLE nrm.group_wrap (
    organisation uuid NOT NULL,
    role text NOT NULL,
    account uuid NOT NULL REFERENCES public.accounts_account (ref),
    ciphertext bytea NOT NULL,
    PRIMARY KEY (organisation, role, account),
    FOREIGN KEY (organisation, role) REFERENCES nrm.group_key (organisation, role)
);

-- The record.
CREATE TABLE nrm.case_head (
    case_ref uuid PRIMARY KEY,
    jurisdiction text NOT NULL,
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    started_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    length int NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT ''
);
CREATE FUNCTION nrm.only_codes(part jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(part) = 'object' AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(part) AS field (name, value),
            LATERAL jsonb_array_elements(
                CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE jsonb_build_array(value) END
            ) AS item
        WHERE jsonb_typeof(item) IN ('object', 'array')
            OR (jsonb_typeof(item) = 'string' AND item #>> '{}' !~ '^[A-Za-z0-9_.:+-]{1,64}$')
    )
$$;
CREATE TABLE nrm.fact (
    fact_ref uuid PRIMARY KEY,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    position int NOT NULL CHECK (position > 0),
    compartment text NOT NULL CHECK (compartment ~ '^D(1[0-4]|[1-9])S?$'),
    sequence int NOT NULL CHECK (sequence > 0),
    kind text NOT NULL REFERENCES nrm.fact_kind (kind),
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    actor uuid NOT NULL REFERENCES public.accounts_account (ref),
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    basis text NOT NULL CHECK (basis ~ '^[a-z_]{1,64}$'),
    corrects uuid,
    open jsonb NOT NULL CHECK (nrm.only_codes(open)),
    sealed bytea,
    key_version int NOT NULL,
    open_salt bytea NOT NULL,
    sealed_salt bytea NOT NULL,
    open_digest bytea NOT NULL,
    sealed_digest bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    UNIQUE (case_ref, position),
    UNIQUE (case_ref, compartment, sequence),
    CHECK ((sealed IS NULL) = (key_version = 0))
);
CREATE INDEX fact_naming ON nrm.fact (case_ref) WHERE kind = 'person_described';

-- What opens a case: one row per organisation, role (or named account) and compartment.
CREATE TABLE nrm.access (
    access_ref uuid PRIMARY KEY,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    organisation uuid NOT NULL REFERENCES public.accounts_organisation (ref),
    role text NOT NULL,
    account uuid REFERENCES public.accounts_account (ref),
    compartment text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('read', 'write')),
    state text NOT NULL CHECK (state IN ('offered', 'open')),
    basis_fact uuid NOT NULL REFERENCES nrm.fact (fact_ref),
    offer_fact uuid REFERENCES nrm.fact (fact_ref),
    opens_at timestamptz NOT NULL,
    until timestamptz NOT NULL,
    closed_at timestamptz,
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CHECK (state = 'open' OR offer_fact IS NOT NULL),
    CHECK (compartment NOT IN ('D3', 'D3S') OR account IS NOT NULL)
);
CREATE INDEX access_case ON nrm.access (case_ref, compartment) WHERE closed_at IS NULL;
CREATE INDEX access_reader ON nrm.access (organisation, case_ref) WHERE closed_at IS NULL;
CREATE TABLE nrm.scope_key (
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    compartment text NOT NULL,
    version int NOT NULL,
    public_key bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (case_ref, compartment, version)
);
CREATE TABLE nrm.wrap (
    access_ref uuid NOT NULL REFERENCES nrm.access (access_ref),
    version int NOT NULL,
    ciphertext bytea NOT NULL,
    PRIMARY KEY (access_ref, version)
);

-- Projections: rebuilt from facts at any time.
CREATE TABLE nrm.worklist (
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    organisation uuid NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    reference text NOT NULL,
    until timestamptz NOT NULL,
    offer_fact uuid,
    offer_kind text,
    from_organisation uuid,
    stage text NOT NULL,
    urgency text,
    majority text,
    language text,
    services text[] NOT NULL,
    waiting_for text NOT NULL,
    next_due_at timestamptz,
    next_due_kind text,
    last_fact_at timestamptz NOT NULL,
    PRIMARY KEY (case_ref, organisation, role, state)
);
CREATE INDEX worklist_due ON nrm.worklist (organisation, role, next_due_at);
CREATE INDEX worklist_last ON nrm.worklist (organisation, role, last_fact_at DESC);
CREATE TABLE nrm.deadline (
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    compartment text NOT NULL,
    kind text NOT NULL,
    fact_ref uuid NOT NULL,
    organisation uuid,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (case_ref, kind, fact_ref)
);

-- Sealed search entries, messages between organisations, the journal of reads and writes.
CREATE TABLE nrm.search_entry (
    entry_ref uuid PRIMARY KEY,
    organisation uuid NOT NULL,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    compartment text NOT NULL CHECK (compartment IN ('D2', 'D2S')),
    sealed bytea NOT NULL
);
CREATE INDEX search_entry_reader ON nrm.search_entry (organisation, case_ref);
CREATE TABLE nrm.notice (
    notice_ref uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation uuid NOT NULL,
    role text,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,64}$'),
    about uuid NOT NULL,
    from_organisation uuid NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX notice_reader ON nrm.notice (organisation, at DESC);
CREATE TABLE nrm.notification (
    -- Coarse codes and nothing else: neither who sent it nor when; that stands in the journal.
    notification_ref uuid PRIMARY KEY,
    jurisdiction text NOT NULL,
    coarse jsonb NOT NULL CHECK (nrm.only_codes(coarse))
);
CREATE TABLE nrm.seen (
    account uuid NOT NULL,
    case_ref uuid NOT NULL REFERENCES nrm.case_head (case_ref),
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, case_ref)
);
CREATE TABLE nrm.form_key (
    account uuid NOT NULL,
    key uuid NOT NULL,
    case_ref uuid,
    used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, key)
);
CREATE TABLE nrm.journal (
    entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    account uuid NOT NULL,
    organisation uuid NOT NULL,
    action text NOT NULL CHECK (action ~ '^[a-z_]{1,64}$'),
    case_ref uuid,
    compartments text[] NOT NULL DEFAULT '{}',
    rows_read int
);
CREATE INDEX journal_case ON nrm.journal (case_ref, at);

-- The statistics copy: coarse values, no identity, no case reference. The link serves corrections.
CREATE TABLE statistics.person (
    row_ref uuid PRIMARY KEY,
    jurisdiction text NOT NULL,
    registered_year int NOT NULL,
    registered_quarter int NOT NULL,
    route text NOT NULL,
    reporting_entity text NOT NULL,
    sex text NOT NULL,
    gender text NOT NULL,
    age_group text NOT NULL,
    majority text NOT NULL,
    citizenship_group text NOT NULL,
    forms text[] NOT NULL,
    main_form text NOT NULL,
    scope text NOT NULL,
    status text NOT NULL,
    assistance text NOT NULL,
    exit_kind text NOT NULL
);
CREATE TABLE nrm.statistics_link (
    case_ref uuid PRIMARY KEY REFERENCES nrm.case_head (case_ref),
    row_ref uuid NOT NULL UNIQUE REFERENCES statistics.person (row_ref)
);

DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'nrm' LOOP
        EXECUTE format('ALTER TABLE nrm.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE nrm.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY definer ON nrm.%I TO opennrm_definer USING (true) WITH CHECK (true)', name);
        EXECUTE format('GRANT SELECT, INSERT ON nrm.%I TO opennrm_definer', name);
    END LOOP;
END $$;

-- Facts and the journal are added to and never changed, by any role, the owner included.
CREATE FUNCTION nrm.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is recorded is never changed; record a correction instead.'
        USING ERRCODE = 'NR403';
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON nrm.fact
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nrm.fact
    FOR EACH STATEMENT EXECUTE FUNCTION nrm.refuse_change();
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON nrm.journal
    FOR EACH ROW EXECUTE FUNCTION nrm.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON nrm.journal
    FOR EACH STATEMENT EXECUTE FUNCTION nrm.refuse_change();
-- Also where a session asks for triggers to be left out.
ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER only_added;
ALTER TABLE nrm.fact ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE nrm.journal ENABLE ALWAYS TRIGGER only_added;
ALTER TABLE nrm.journal ENABLE ALWAYS TRIGGER never_emptied;

-- Row estimates must not tell whether a case is there: no statistics on what names one.
DO $$
DECLARE place record;
BEGIN
    FOR place IN
        SELECT c.relname, a.attname FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'nrm'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
          AND a.atttypid IN ('uuid'::regtype, 'bytea'::regtype, 'jsonb'::regtype,
                             'timestamptz'::regtype)
    LOOP
        EXECUTE format('ALTER TABLE nrm.%I ALTER COLUMN %I SET STATISTICS 0',
                       place.relname, place.attname);
    END LOOP;
END $$;
