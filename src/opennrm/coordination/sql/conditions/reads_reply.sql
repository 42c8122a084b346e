-- A reply is read by who writes it; once sent, by the office that asked, and a government's by all;
-- what NGOs sent is read by others only once they released it.
organisation_id = (SELECT nrm.reader_organisation())
OR ref IN (SELECT reply_id FROM coordination_surveytask
           WHERE organisation_id = (SELECT nrm.reader_organisation()))
OR (sent_at IS NOT NULL
    AND ("group" <> 'ngo' OR (SELECT nrm.may_coordinate('surveys', 'write'))))
OR released_at IS NOT NULL
