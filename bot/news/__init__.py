"""What does this article say? Text in, claims with their evidence out."""
