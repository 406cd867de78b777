"""Reminders that the system itself shows at an hour: by systemd, launchd or Task Scheduler."""
