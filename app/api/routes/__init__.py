"""Endpoints: each file holds the routes of one kind of thing. They speak HTTP and leave the work to the services."""
