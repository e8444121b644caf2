"""Pages that name the news: section pages, e-paper issues, lists in JSON; and how they are walked."""
