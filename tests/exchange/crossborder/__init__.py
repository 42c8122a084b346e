"""Tests of the cross-border referral as texts: signed, sealed, read strictly."""
