"""What every pass uses to speak of text: sources and places, findings, names."""
