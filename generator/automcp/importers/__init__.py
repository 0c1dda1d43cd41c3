"""What exists already becomes a spec: each importer gives the spec as plain JSON, and a finding for each loss."""
