"""Tests of the second half of the mechanism: plans, surveys, assessments, reports."""
