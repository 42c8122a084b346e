assessment_id IN (SELECT ref FROM coordination_assessment)
