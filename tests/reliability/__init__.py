"""What Duibiao stands through, each a command: ``python -m tests.reliability.flips``; see docs/reliability.md."""
