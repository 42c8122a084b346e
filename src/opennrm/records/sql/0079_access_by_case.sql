-- Who writes in a case asks also for rows that ended: whether a part needs a new key, what of its keys she
-- holds. The index of a case held open rows only, so that each such question went through all rows there are.
DROP INDEX nrm.access_case;
CREATE INDEX access_case ON nrm.access (case_ref, compartment);
