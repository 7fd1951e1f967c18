"""What every app needs and no app owns: who acts, one effect per submission, error pages, words and marks in templates."""
