"""When it runs: Prefect flows and their tasks, thin; what they do is in `bulletin`."""
