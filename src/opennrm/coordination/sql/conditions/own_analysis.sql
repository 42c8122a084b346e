organisation_id = (SELECT nrm.reader_organisation())
AND analysis_id IN (SELECT ref FROM coordination_analysis
                    WHERE organisation_id = (SELECT nrm.reader_organisation()))
