-- Rows of the copy from years before the record began: they never had a case, so a rebuild must not
-- take them for rows that lost theirs. Only the owner puts such rows there, never who writes cases.
ALTER TABLE statistics.person ADD COLUMN before_record boolean NOT NULL DEFAULT false;
CREATE FUNCTION statistics.refuse_earlier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows from before the record are put into the copy by its owner only.'
        USING ERRCODE = 'NR403';
END $$;
CREATE TRIGGER earlier_by_owner BEFORE INSERT OR UPDATE ON statistics.person
    FOR EACH ROW WHEN (NEW.before_record AND current_user <> 'opennrm_owner')
    EXECUTE FUNCTION statistics.refuse_earlier();
