"""Passages on a cluster of OpenSearch, for what outgrows one machine: docs/scale.md."""
