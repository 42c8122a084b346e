lead_id = (SELECT nrm.reader_organisation())
OR organisation_id = (SELECT nrm.reader_organisation())
