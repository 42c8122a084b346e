held_by_id = (SELECT nrm.reader_organisation())
AND session_id IN (SELECT ref FROM coordination_coursesession
                   WHERE held_by_id = (SELECT nrm.reader_organisation()))
