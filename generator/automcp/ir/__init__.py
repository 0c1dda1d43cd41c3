"""Who a service is, resolved: the one value that every target reads."""
