"""What generated packages need and no SDK gives: copied verbatim into each of them."""
