"""How right Dateline is, by outside scorers on a real service. own_articles.jsonl is held out: never tune on it."""
