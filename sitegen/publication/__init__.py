"""How a built site comes to be the published one: the only part that writes the output folder."""
