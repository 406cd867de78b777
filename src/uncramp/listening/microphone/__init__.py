"""The listening process: the microphone, and the claps in what is heard."""
