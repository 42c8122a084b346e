house_id = (SELECT nrm.reader_organisation())
AND (SELECT nrm.reader_account()) IN (SELECT account_id FROM coordination_conductreader)
