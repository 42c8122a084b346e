"""The words of the field: closed lists of codes with definitions, sources and labels."""
