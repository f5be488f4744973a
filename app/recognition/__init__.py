"""Text to spans: sentences, toponyms, dates, triggers, actors, tolls and who says so. No gazetteer file, no storage."""
