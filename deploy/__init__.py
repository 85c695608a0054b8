"""What serves the app to others: container files, and the same of processes on one machine."""
