"""What labels are learned from, and how: ``make learn``. Needs ../shared and scikit-learn."""
