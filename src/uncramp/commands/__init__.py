"""What each command does; its module is imported when the command is asked for."""
