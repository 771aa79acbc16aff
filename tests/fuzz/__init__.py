"""Coverage-guided fuzzing of readers and cleaning: `make fuzz`, not part of the tests."""
