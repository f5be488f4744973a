"""How every shipped model was made: readers of public corpora, our own annotated reports, trainers with seeds."""
