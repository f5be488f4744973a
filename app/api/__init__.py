"""HTTP words only: routes, bodies, parameters, problems, links. What is done stands in the services."""
