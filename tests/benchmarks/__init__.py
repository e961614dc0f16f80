"""Speed as ratios to a floor measured in the same run; scripts, not tests."""
