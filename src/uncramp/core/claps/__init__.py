"""Two claps in what a microphone hears: the detection, and what the program sounded itself."""
