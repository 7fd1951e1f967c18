"""Pages of look-back."""
