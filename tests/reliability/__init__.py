"""What Duibiao stands through, each a command: ``python -m tests.reliability.flips --count 60``; see docs/reliability.md."""
