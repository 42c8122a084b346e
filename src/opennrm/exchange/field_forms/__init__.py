"""Forms for telephones in the field (XLSForm, KoboToolbox, ODK), made from the vocabulary."""
