-- What guards one table of the co-ordination; tables.py fills in the names and conditions.
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO opennrm_app;
DROP POLICY IF EXISTS reader ON {table};
CREATE POLICY reader ON {table} FOR SELECT TO opennrm_app USING (
    (SELECT nrm.may_coordinate('{area}', 'read'))
    AND (({reads}) OR {private} = (SELECT nrm.reader_organisation())));
DROP POLICY IF EXISTS adding ON {table};
CREATE POLICY adding ON {table} FOR INSERT TO opennrm_app WITH CHECK (
    ((SELECT nrm.may_coordinate('{area}', 'write'))
     OR ((SELECT nrm.may_coordinate('{area}', 'own'))
         AND ({own}) = (SELECT nrm.reader_organisation())))
    AND ({writes}));
DROP POLICY IF EXISTS changing ON {table};
CREATE POLICY changing ON {table} FOR UPDATE TO opennrm_app USING (
    ((SELECT nrm.may_coordinate('{area}', 'write'))
     OR ((SELECT nrm.may_coordinate('{area}', 'own'))
         AND ({own}) = (SELECT nrm.reader_organisation())))
    AND ({writes}));
DROP POLICY IF EXISTS removing ON {table};
CREATE POLICY removing ON {table} FOR DELETE TO opennrm_app USING (
    ((SELECT nrm.may_coordinate('{area}', 'write'))
     OR ((SELECT nrm.may_coordinate('{area}', 'own'))
         AND ({own}) = (SELECT nrm.reader_organisation())))
    AND ({writes}));
