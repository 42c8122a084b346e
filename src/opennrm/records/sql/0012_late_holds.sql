-- Acts whose second opinion is late: who must know is told once. What was told of stands here,
-- so that asking again tells nobody twice.
CREATE TABLE nrm.late_hold (
    hold_ref uuid PRIMARY KEY REFERENCES nrm.fact (fact_ref),
    told_at timestamptz NOT NULL
);
ALTER TABLE nrm.late_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE nrm.late_hold FORCE ROW LEVEL SECURITY;
ALTER TABLE nrm.late_hold ALTER COLUMN hold_ref SET STATISTICS 0;
ALTER TABLE nrm.late_hold ALTER COLUMN told_at SET STATISTICS 0;
CREATE POLICY definer ON nrm.late_hold TO opennrm_definer USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON nrm.late_hold TO opennrm_definer;

-- Tells of each hold that came back unanswered (T20E): data-protection officers and national
-- co-ordinators of the State by the hold's own reference, and the house that proposed the act.
CREATE FUNCTION nrm.tell_of_late_holds(moment timestamptz)
RETURNS TABLE (holds bigint, notices bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = nrm, pg_temp AS $$
    WITH late AS (
        INSERT INTO nrm.late_hold (hold_ref, told_at)
        SELECT DISTINCT deadline.fact_ref, moment FROM nrm.deadline
        WHERE deadline.kind = 'T20E' AND deadline.due_at <= moment
        ON CONFLICT (hold_ref) DO NOTHING
        RETURNING hold_ref
    ), held AS (
        SELECT late.hold_ref, fact.organisation AS house, head.jurisdiction
        FROM late JOIN nrm.fact ON fact.fact_ref = late.hold_ref
        JOIN nrm.case_head AS head USING (case_ref)
    ), told AS (
        INSERT INTO nrm.notice (organisation, role, kind, about, from_organisation, at)
        SELECT known.ref, asked.role, 'opinion_late', held.hold_ref, held.house, moment
        FROM held JOIN public.accounts_organisation AS known USING (jurisdiction)
        CROSS JOIN (VALUES ('DP'), ('NCO')) AS asked (role)
        WHERE asked.role = ANY (known.roles)
        UNION ALL
        SELECT held.house, NULL, 'opinion_late', held.hold_ref, held.house, moment FROM held
        RETURNING notice_ref
    )
    SELECT (SELECT count(*) FROM late), (SELECT count(*) FROM told)
$$;

REVOKE ALL ON FUNCTION nrm.tell_of_late_holds(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION nrm.tell_of_late_holds(timestamptz) TO opennrm_recorder;
GRANT CREATE ON SCHEMA nrm TO opennrm_definer;
ALTER FUNCTION nrm.tell_of_late_holds(timestamptz) OWNER TO opennrm_definer;
REVOKE CREATE ON SCHEMA nrm FROM opennrm_definer;
