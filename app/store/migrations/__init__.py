"""The revisions of the catalogue. Each holds frozen SQL, never today's tables."""
