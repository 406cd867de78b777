"""Lines of text, one for each thing that happens: pipes, logs, cron, SSH, screen readers."""
