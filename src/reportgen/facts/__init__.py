"""Facts: findings ready to be said, and the one place that says them."""
