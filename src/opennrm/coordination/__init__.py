"""What binds the mechanism together beyond one case: plans, surveys, assessments, reports."""
