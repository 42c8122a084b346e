NOT is_off_record AND assessment_id IN (SELECT ref FROM coordination_assessment)
