"""Makes the sample pages of corpus/sample/ out of its facts."""
