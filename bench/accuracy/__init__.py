"""How right Dateline is: figures of gold files, held against those that were kept.

own_articles.jsonl is held out: never tune on it, look at its figures alone.
"""
