"""The model that labels messages: its training messages, its network, how it is trained, exported and measured."""
