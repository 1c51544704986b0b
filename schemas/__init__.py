"""What things mean: the catalogue, the contracts of each stage, the quality rules.

Cheap to import: pandas and pandera are imported by the modules that use them, never from here.
"""
