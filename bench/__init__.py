"""How fast and how right Dateline is: each module prints a table and keeps its figures as JSON in bench/results."""
