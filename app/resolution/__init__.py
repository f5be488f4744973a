"""Toponym to place: candidates of the gazetteer weighed by the article's own context, with the reasons kept."""
