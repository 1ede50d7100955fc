"""Charts: a finding as a title, its picture, its words for those who cannot see it, and its data."""
