(lead_id = (SELECT nrm.reader_organisation())
 OR house_id = (SELECT nrm.reader_organisation()))
AND report_id IN (SELECT ref FROM coordination_report WHERE approved_at IS NULL)
